"""Records the fixtures of the adaptive pooling layers; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
for kind in ("Average", "Max"):
    layer = getattr(L, f"Adaptive{kind}Pooling1D")
    case(f"{kind.lower()}1d", lambda: layer(3), (8, 2))
    case(f"{kind.lower()}1d_larger", lambda: layer(7), (5, 2))
    case(f"{kind.lower()}1d_divides", lambda: layer(4), (8, 2))
    layer = getattr(L, f"Adaptive{kind}Pooling2D")
    case(f"{kind.lower()}2d", lambda: layer((3, 2)), (7, 5, 2))
    case(f"{kind.lower()}2d_one", lambda: layer(1), (4, 5, 2))
    case(f"{kind.lower()}2d_channels_first", lambda: layer((2, 3), data_format="channels_first"), (2, 5, 7))
    layer = getattr(L, f"Adaptive{kind}Pooling3D")
    case(f"{kind.lower()}3d", lambda: layer((2, 3, 2)), (3, 4, 5, 2))
