"""Records the fixtures of Normalization; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import L, recorder

case, _ = recorder(__file__)
case("given", lambda: L.Normalization(mean=[0.3, -1.0, 2.0], variance=[0.5, 2.0, 1.2]), (4, 3))
case("given_scalars", lambda: L.Normalization(axis=None, mean=0.4, variance=2.5), (4, 3))
case("given_axis_1", lambda: L.Normalization(axis=1, mean=[0.3, -1.0], variance=[0.5, 2.0]), (2, 4, 3))
case("given_invert", lambda: L.Normalization(mean=[0.3, -1.0, 2.0], variance=[0.5, 2.0, 1.2], invert=True), (4, 3))
data = (np.arange(240).reshape(20, 4, 3) % 17 / 3.0).astype("float32")
case("adapted", lambda: L.Normalization(), (4, 3), adapt=data, parts=True, whole=True)
case("adapted_axis_1", lambda: L.Normalization(axis=1), (4, 3), adapt=data)
case("adapted_no_axis", lambda: L.Normalization(axis=None), (4, 3), adapt=data)
