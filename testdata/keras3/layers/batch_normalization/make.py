"""Records the fixtures of BatchNormalization; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.BatchNormalization(), (4, 3), parts=True)
case("images", lambda: L.BatchNormalization(epsilon=1e-5), (4, 5, 3))
case("axis_1", lambda: L.BatchNormalization(axis=1), (3, 4, 5))
case("no_scale", lambda: L.BatchNormalization(scale=False), (5,))
case("no_center", lambda: L.BatchNormalization(center=False), (5,))
case("neither", lambda: L.BatchNormalization(center=False, scale=False), (5,))
case("renorm", lambda: L.BatchNormalization(renorm=True), (5,))
