"""Records the fixtures of Softmax; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
case("plain", lambda: L.Softmax(), (4, 5))
case("axis_1", lambda: L.Softmax(axis=1), (4, 5))
case("two_axes", lambda: L.Softmax(axis=[1, 2]), (3, 4, 2), minimum_std=0.02)
case("two_last_axes", lambda: L.Softmax(axis=(-2, -1)), (3, 2, 4), minimum_std=0.02)
graph("mask", lambda x, m: L.Softmax()(x, mask=m), (4, 5), (4, 5), dtype=["float32", "bool"])
