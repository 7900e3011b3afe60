"""Records the fixtures of Cropping1D; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.Cropping1D(), (7, 3))
case("pair", lambda: L.Cropping1D((2, 0)), (7, 3))
