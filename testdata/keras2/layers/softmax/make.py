"""Records the fixtures of Softmax; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("rank2", lambda: L.Softmax(), (7,))
case("rank3", lambda: L.Softmax(), (4, 5))
case("rank4", lambda: L.Softmax(), (3, 4, 5))
case("axis_1", lambda: L.Softmax(axis=1), (3, 4, 5))
case("axis_2", lambda: L.Softmax(axis=-2), (3, 4, 5))
case("axis_list", lambda: L.Softmax(axis=[1, 2]), (3, 4, 5), scale=2.0)
case("axis_list_1_3", lambda: L.Softmax(axis=[1, 3]), (3, 4, 5), scale=2.0)
case("axis_list_of_one", lambda: L.Softmax(axis=[-1]), (3, 5))
