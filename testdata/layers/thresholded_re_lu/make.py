"""Records the fixtures of ThresholdedReLU; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.ThresholdedReLU(), (4, 5, 3))
case("theta_0_3", lambda: L.ThresholdedReLU(theta=0.3), (9,))
