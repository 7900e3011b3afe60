"""Records the fixtures of Dot; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("vectors", lambda: L.Dot(axes=1), (5,), (5,))
case("normalized", lambda: L.Dot(axes=1, normalize=True), (5,), (5,))
case("matrices", lambda: L.Dot(axes=(2, 1)), (3, 4), (4, 5))
case("axes_1_2", lambda: L.Dot(axes=(1, 2)), (3, 4), (5, 3))
case("last_axes_normalized", lambda: L.Dot(axes=-1, normalize=True), (3, 4), (5, 4))
case("matrix_vector", lambda: L.Dot(axes=(2, 1)), (3, 4), (4,))
