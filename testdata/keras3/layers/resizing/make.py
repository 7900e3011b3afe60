"""Records the fixtures of Resizing; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
for name in ("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"):
    case(f"{name}_up", lambda: L.Resizing(7, 9, interpolation=name), (4, 5, 2))
    case(f"{name}_down", lambda: L.Resizing(4, 5, interpolation=name), (9, 8, 2))
case("bilinear_antialias", lambda: L.Resizing(4, 5, antialias=True), (9, 12, 2))
case("bicubic_antialias", lambda: L.Resizing(4, 5, interpolation="bicubic", antialias=True), (9, 12, 2))
case("crop_to_aspect_ratio_wide", lambda: L.Resizing(5, 5, crop_to_aspect_ratio=True), (6, 11, 2))
case("crop_to_aspect_ratio_tall", lambda: L.Resizing(4, 7, crop_to_aspect_ratio=True, interpolation="nearest"), (11, 6, 2))
case("pad_to_aspect_ratio_wide", lambda: L.Resizing(5, 5, pad_to_aspect_ratio=True), (6, 11, 2))
case("pad_to_aspect_ratio_value", lambda: L.Resizing(4, 7, pad_to_aspect_ratio=True, fill_value=0.7), (11, 6, 2))
case("channels_first", lambda: L.Resizing(7, 9, data_format="channels_first"), (2, 4, 5))
case("same_size", lambda: L.Resizing(4, 5), (4, 5, 2))
