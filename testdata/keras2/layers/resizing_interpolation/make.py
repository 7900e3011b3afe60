"""Records the fixtures of Resizing with further interpolations; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
for name in ("bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
    case(f"{name}_up", lambda: L.Resizing(7, 9, interpolation=name), (4, 5, 2))
    case(f"{name}_down", lambda: L.Resizing(4, 5, interpolation=name), (9, 8, 2))
