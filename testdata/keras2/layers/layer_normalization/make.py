"""Records the fixtures of LayerNormalization; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.LayerNormalization(), (4, 5))
case("rank2", lambda: L.LayerNormalization(), (6,))
case("rank4", lambda: L.LayerNormalization(), (3, 4, 5))
case("axis_1", lambda: L.LayerNormalization(axis=1), (4, 5, 3))
case("two_axes", lambda: L.LayerNormalization(axis=[1, 3]), (4, 5, 3))
case("no_scale", lambda: L.LayerNormalization(scale=False), (4, 5))
case("no_center", lambda: L.LayerNormalization(center=False), (4, 5))
case("epsilon", lambda: L.LayerNormalization(epsilon=0.3), (4, 5))
