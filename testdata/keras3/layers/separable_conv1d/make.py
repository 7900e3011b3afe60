"""Records the fixtures of SeparableConv1D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.SeparableConv1D(4, 3), (8, 3))
case("multiplier_same", lambda: L.SeparableConv1D(4, 3, strides=2, padding="same", depth_multiplier=2, activation="relu"), (9, 3))
