"""Records the fixtures of CenterCrop; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.CenterCrop(4, 5), (8, 9, 3))
case("odd_difference", lambda: L.CenterCrop(4, 4), (7, 9, 3))
case("smaller_image", lambda: L.CenterCrop(8, 6), (5, 7, 3))
case("channels_first", lambda: L.CenterCrop(3, 4, data_format="channels_first"), (2, 6, 7))
