"""Records the fixtures of Normalization; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("given", lambda: L.Normalization(mean=[0.3, -1.0, 2.0], variance=[0.5, 2.0, 1.2]), (4, 5, 3))
case("given_rank2", lambda: L.Normalization(mean=[0.3, -1.0, 2.0], variance=[0.5, 2.0, 1.2]), (3,))
case("given_scalars", lambda: L.Normalization(axis=None, mean=0.4, variance=2.5), (4, 5, 3))
case("given_scalars_on_axis", lambda: L.Normalization(mean=0.4, variance=2.5), (4, 3))
case("given_axis_1", lambda: L.Normalization(axis=1, mean=[0.3, -1.0], variance=[0.5, 2.0]), (2, 4, 3))
case("given_two_axes", lambda: L.Normalization(axis=(1, 3), mean=[[0.3, -1.0, 0.1], [0.5, 1.0, 0.0]], variance=[[0.5, 2.0, 1.0], [1.5, 0.7, 1.2]]), (2, 4, 3))
case("given_invert", lambda: L.Normalization(mean=[0.3, -1.0, 2.0], variance=[0.5, 2.0, 1.2], invert=True), (4, 5, 3))
case("given_tiny_variance", lambda: L.Normalization(mean=[0.1, 0.2], variance=[1e-20, 1.0]), (2,), scale=1e-3)
case("adapted", lambda: L.Normalization(), (4, 5, 3), adapt=True)
case("adapted_axis_1", lambda: L.Normalization(axis=1), (4, 5, 3), adapt=True)
case("adapted_two_axes", lambda: L.Normalization(axis=(1, 3)), (2, 5, 3), adapt=True)
case("adapted_no_axis", lambda: L.Normalization(axis=None), (4, 5, 3), adapt=True)
case("adapted_rank2", lambda: L.Normalization(), (6,), adapt=True)
