"""Records the fixtures of UpSampling3D; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.UpSampling3D(), (2, 3, 2, 2))
case("size_1x2x3", lambda: L.UpSampling3D((1, 2, 3)), (2, 3, 2, 2))
case("channels_first", lambda: L.UpSampling3D((1, 2, 3), data_format="channels_first"), (2, 2, 3, 2))
