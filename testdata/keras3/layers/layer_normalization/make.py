"""Records the fixtures of LayerNormalization; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.LayerNormalization(), (4, 6), parts=True)
case("rank2", lambda: L.LayerNormalization(epsilon=1e-6), (6,))
case("two_axes", lambda: L.LayerNormalization(axis=(1, 2)), (4, 5))
case("axes_1_and_3", lambda: L.LayerNormalization(axis=(1, 3)), (3, 2, 4))
case("axis_1", lambda: L.LayerNormalization(axis=1), (4, 5))
case("no_scale_no_center", lambda: L.LayerNormalization(center=False, scale=False), (4, 6))
case("rms_scaling", lambda: L.LayerNormalization(rms_scaling=True), (4, 6))
case("free_length", lambda: L.LayerNormalization(), (-5, 6))
