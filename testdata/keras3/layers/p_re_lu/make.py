"""Records the fixtures of PReLU; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.PReLU(), (4, 5))
case("shared_axes", lambda: L.PReLU(shared_axes=[1, 2]), (3, 4, 5))
case("shared_axis_2", lambda: L.PReLU(shared_axes=[2]), (3, 4, 2))
