"""Records the fixtures of RMSNormalization; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.RMSNormalization(), (4, 6))
case("rank2", lambda: L.RMSNormalization(epsilon=1e-2), (6,))
case("two_axes", lambda: L.RMSNormalization(axis=(1, 2)), (4, 5))
