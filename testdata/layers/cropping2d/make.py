"""Records the fixtures of Cropping2D; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.Cropping2D(), (4, 5, 3))
case("symmetric", lambda: L.Cropping2D((1, 2)), (6, 7, 3))
case("pairs", lambda: L.Cropping2D(((0, 1), (2, 1))), (6, 7, 3))
case("channels_first", lambda: L.Cropping2D(((0, 1), (2, 1)), data_format="channels_first"), (3, 6, 7))
