"""Records the fixtures of Subtract; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Subtract(), (4, 5, 3), (4, 5, 3))
case("broadcast_channels", lambda: L.Subtract(), (4, 5, 3), (1, 1, 3))
case("broadcast_first", lambda: L.Subtract(), (1, 1, 3), (4, 5, 3))
case("ranks_4_2", lambda: L.Subtract(), (4, 5, 3), (3,))
case("then_relu", lambda: [L.Subtract(), L.ReLU()], (4, 3), (4, 3))
