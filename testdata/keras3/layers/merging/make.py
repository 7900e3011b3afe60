"""Records the fixtures of Add, Subtract, Multiply, Average, Maximum and Minimum; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"):
    case(name.lower(), lambda: getattr(L, name)(), (4, 3), (4, 3))
case("add_three", lambda: L.Add(), (4, 3), (4, 3), (4, 3))
case("average_three", lambda: L.Average(), (4, 3), (4, 3), (4, 3))
case("multiply_broadcast", lambda: L.Multiply(), (4, 5, 3), (1, 1, 3))
case("add_ranks_differ", lambda: L.Add(), (4, 3), (3,))
case("maximum_ranks_differ", lambda: L.Maximum(), (4, 5, 3), (5, 1))
case("subtract_broadcast", lambda: L.Subtract(), (4, 1), (1, 3))
graph("add_same_tensor_twice", lambda x: L.Add()([x, x]), (4,))
