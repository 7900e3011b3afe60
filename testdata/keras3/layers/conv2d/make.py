"""Records the fixtures of Conv2D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv2D(4, 3), (7, 6, 3), parts=True, whole=True)
case("same_strides_2", lambda: L.Conv2D(4, 3, strides=2, padding="same"), (8, 7, 3))
case("strides_3x4", lambda: L.Conv2D(4, 2, strides=(3, 4), padding="same"), (8, 9, 3))
case("dilation_2x3", lambda: L.Conv2D(4, 3, dilation_rate=(2, 3), padding="same"), (8, 9, 3))
case("groups", lambda: L.Conv2D(6, 3, groups=2, padding="same"), (6, 5, 4))
case("no_bias_relu", lambda: L.Conv2D(4, 3, use_bias=False, activation="relu"), (6, 5, 3))
case("free_size", lambda: L.Conv2D(4, 3, strides=2, padding="same", activation="hard_silu"), (-7, -8, 3))
