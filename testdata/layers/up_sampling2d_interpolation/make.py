"""Records the fixtures of UpSampling2D with further interpolations; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
for name in ("bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"):
    case(name, lambda: L.UpSampling2D((2, 3), interpolation=name), (4, 5, 2))
