"""Records the fixtures of Resizing with further interpolations; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
for name in ("bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
    case(f"{name}_up", lambda: L.Resizing(7, 9, interpolation=name), (4, 5, 2))
    case(f"{name}_down", lambda: L.Resizing(4, 5, interpolation=name), (9, 8, 2))
