"""Records the fixtures of SeparableConv1D; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.SeparableConv1D(4, 3), (8, 3))
case("multiplier_same", lambda: L.SeparableConv1D(4, 3, strides=2, padding="same", depth_multiplier=2, activation="relu"), (9, 3))
