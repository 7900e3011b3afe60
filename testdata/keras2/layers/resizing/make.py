"""Records the fixtures of Resizing; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("bilinear_up", lambda: L.Resizing(7, 9), (4, 5, 3))
case("bilinear_down", lambda: L.Resizing(4, 5), (9, 8, 3))
case("bilinear_double", lambda: L.Resizing(8, 10), (4, 5, 3))
case("nearest_up", lambda: L.Resizing(7, 9, interpolation="nearest"), (4, 5, 3))
case("nearest_down", lambda: L.Resizing(4, 5, interpolation="nearest"), (9, 8, 3))
case("nearest_double", lambda: L.Resizing(8, 10, interpolation="nearest"), (4, 5, 3))
case("same_size", lambda: L.Resizing(4, 5), (4, 5, 3))
case("crop_to_aspect_ratio_wide", lambda: L.Resizing(5, 5, crop_to_aspect_ratio=True), (6, 11, 3))
case("crop_to_aspect_ratio_tall", lambda: L.Resizing(4, 7, crop_to_aspect_ratio=True), (11, 6, 3))
case("crop_to_aspect_ratio_nearest", lambda: L.Resizing(4, 7, crop_to_aspect_ratio=True, interpolation="nearest"), (11, 6, 3))
