"""Records the fixtures of UnitNormalization; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.UnitNormalization(), (4, 6))
case("two_axes", lambda: L.UnitNormalization(axis=(1, 2)), (3, 4, 2))
case("axis_1", lambda: L.UnitNormalization(axis=1), (3, 4))
