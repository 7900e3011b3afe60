"""Records the fixtures of Cropping3D; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.Cropping3D(), (4, 5, 4, 2))
case("pairs", lambda: L.Cropping3D(((0, 1), (2, 0), (1, 2))), (4, 5, 6, 2))
case("channels_first", lambda: L.Cropping3D(((0, 1), (2, 0), (1, 2)), data_format="channels_first"), (2, 4, 5, 6))
