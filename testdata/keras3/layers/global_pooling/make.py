"""Records the fixtures of the global pooling layers; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
for rank, shape in ((1, (6, 3)), (2, (5, 4, 3)), (3, (3, 4, 3, 2))):
    for kind in ("Average", "Max"):
        layer = getattr(L, f"Global{kind}Pooling{rank}D")
        case(f"{kind.lower()}{rank}d", lambda: layer(), shape)
        case(f"{kind.lower()}{rank}d_keepdims", lambda: layer(keepdims=True), shape)
case("average2d_channels_first", lambda: L.GlobalAveragePooling2D(data_format="channels_first"), (3, 5, 4))
case("max1d_channels_first", lambda: L.GlobalMaxPooling1D(data_format="channels_first"), (3, 6))
case("average1d_free_length", lambda: L.GlobalAveragePooling1D(), (-6, 3))
