"""Records the fixtures of Concatenate; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("two_inputs", lambda: L.Concatenate(), (4, 5, 3), (4, 5, 2))
case("axis_1", lambda: L.Concatenate(axis=1), (4, 5, 3), (2, 5, 3))
case("axis_2", lambda: L.Concatenate(axis=2), (4, 5, 3), (4, 1, 3), (4, 2, 3))
case("axis_minus_2", lambda: L.Concatenate(axis=-2), (4, 3), (2, 3))
case("rank2", lambda: L.Concatenate(), (4,), (3,))
case("six_inputs", lambda: L.Concatenate(), *[(3, 2, n) for n in (1, 2, 3, 1, 2, 3)])
case("eleven_inputs", lambda: L.Concatenate(axis=1), *[(n % 3 + 1, 2) for n in range(11)])
