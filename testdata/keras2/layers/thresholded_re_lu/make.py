"""Records the fixtures of ThresholdedReLU; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ThresholdedReLU(), (4, 5, 3))
case("theta_0_3", lambda: L.ThresholdedReLU(theta=0.3), (9,))
