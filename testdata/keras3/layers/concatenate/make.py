"""Records the fixtures of Concatenate; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
case("plain", lambda: L.Concatenate(), (4, 3), (4, 2))
case("axis_1", lambda: L.Concatenate(axis=1), (4, 3), (2, 3), (1, 3))
case("axis_minus_2", lambda: L.Concatenate(axis=-2), (4, 3, 2), (4, 1, 2))
graph("same_tensor_twice", lambda x: L.Concatenate()([x, x]), (4,))
