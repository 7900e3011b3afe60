"""Records the fixtures of UpSampling2D with further interpolations; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
for name in ("bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
    case(name, lambda: L.UpSampling2D((2, 3), interpolation=name), (4, 5, 2))
