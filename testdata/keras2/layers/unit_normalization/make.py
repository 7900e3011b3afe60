"""Records the fixtures of UnitNormalization; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.UnitNormalization(), (4, 5))
case("axis_1", lambda: L.UnitNormalization(axis=1), (4, 5, 3))
case("two_axes", lambda: L.UnitNormalization(axis=[1, 2]), (4, 5, 3))
