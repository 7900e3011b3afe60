"""Records the fixtures of UpSampling1D; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.UpSampling1D(), (4, 3))
case("size_3", lambda: L.UpSampling1D(3), (4, 3))
