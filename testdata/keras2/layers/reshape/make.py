"""Records the fixtures of Reshape; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Reshape((4, 6)), (3, 8))
case("inferred", lambda: L.Reshape((-1, 2, 3)), (3, 8))
case("inferred_flat", lambda: L.Reshape((-1,)), (3, 4, 2))
case("to_image", lambda: L.Reshape((3, 4, 2)), (24,))
case("to_one_pixel", lambda: L.Reshape((1, 1, 6)), (6,))
case("split_rank5", lambda: L.Reshape((3, 2, 2, 2)), (3, 4, 2))
