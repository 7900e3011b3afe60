"""Records the fixtures of SeparableConv2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.SeparableConv2D(5, 3), (7, 8, 3))
case("same", lambda: L.SeparableConv2D(5, 3, padding="same"), (7, 8, 3))
case("same_strides_2", lambda: L.SeparableConv2D(5, 3, strides=2, padding="same"), (9, 8, 3))
case("multiplier_2", lambda: L.SeparableConv2D(5, (3, 2), depth_multiplier=2), (7, 8, 3))
case("kernel_1", lambda: L.SeparableConv2D(5, 1), (5, 6, 3))
case("dilation_2", lambda: L.SeparableConv2D(5, 3, dilation_rate=2, padding="same"), (7, 8, 3))
case("no_bias", lambda: L.SeparableConv2D(5, 3, use_bias=False), (6, 7, 3))
case("activation_relu", lambda: L.SeparableConv2D(5, 3, activation="relu"), (6, 7, 3))
case("channels_first", lambda: L.SeparableConv2D(5, 3, padding="same", data_format="channels_first"), (3, 6, 7))
case("same_strides_over_kernel", lambda: L.SeparableConv2D(5, 2, strides=3, padding="same"), (10, 8, 3))
