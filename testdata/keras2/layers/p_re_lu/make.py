"""Records the fixtures of PReLU; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("rank2", lambda: L.PReLU(), (7,))
case("rank3", lambda: L.PReLU(), (5, 4))
case("rank4", lambda: L.PReLU(), (4, 5, 3))
case("shared_spatial", lambda: L.PReLU(shared_axes=[1, 2]), (4, 5, 3))
case("shared_channels", lambda: L.PReLU(shared_axes=[3]), (4, 5, 3))
case("shared_axis_1", lambda: L.PReLU(shared_axes=[1]), (4, 5, 3))
case("shared_all", lambda: L.PReLU(shared_axes=[1, 2, 3]), (4, 5, 3))
case("after_conv2d", lambda: [L.Conv2D(4, 3), L.PReLU(shared_axes=[1, 2])], (6, 6, 3))
