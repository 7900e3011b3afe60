"""Records the fixtures of Maximum; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("two_inputs", lambda: L.Maximum(), (4, 5, 3), (4, 5, 3))
case("three_inputs", lambda: L.Maximum(), (4, 3), (4, 3), (4, 3))
case("five_inputs", lambda: L.Maximum(), (6,), (6,), (6,), (6,), (6,))
case("broadcast_channels", lambda: L.Maximum(), (4, 5, 3), (1, 1, 3))
case("broadcast_both", lambda: L.Maximum(), (4, 1, 3), (1, 5, 3))
case("broadcast_one", lambda: L.Maximum(), (4, 5, 3), (4, 5, 1))
case("ranks_4_2", lambda: L.Maximum(), (4, 5, 3), (3,))
case("ranks_2_3", lambda: L.Maximum(), (3,), (4, 3))
