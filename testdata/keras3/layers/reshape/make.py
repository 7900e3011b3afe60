"""Records the fixtures of Reshape; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Reshape((6, 2)), (3, 4))
case("minus_one", lambda: L.Reshape((-1, 2)), (3, 4))
case("to_vector", lambda: L.Reshape((-1,)), (3, 4))
case("free_length", lambda: L.Reshape((-1, 2)), (-3, 4))
