"""Records the fixtures of Dot; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("vectors", lambda: L.Dot(axes=1), (6,), (6,))
case("vectors_normalize", lambda: L.Dot(axes=1, normalize=True), (6,), (6,))
case("axes_1_2", lambda: L.Dot(axes=(1, 2)), (3, 4), (5, 3))
case("axes_2_1", lambda: L.Dot(axes=(2, 1)), (3, 4), (4, 5))
case("axes_1", lambda: L.Dot(axes=1), (3, 4), (3, 5))
case("axes_2", lambda: L.Dot(axes=2), (3, 4), (5, 4))
case("axes_minus_1", lambda: L.Dot(axes=-1), (3, 4), (5, 4))
case("axes_2_normalize", lambda: L.Dot(axes=2, normalize=True), (3, 4), (5, 4))
case("ranks_2_3", lambda: L.Dot(axes=(1, 2)), (4,), (3, 4))
case("ranks_3_2", lambda: L.Dot(axes=(2, 1)), (3, 4), (4,))
case("axes_1_normalize", lambda: L.Dot(axes=1, normalize=True), (3, 4), (3, 5))
