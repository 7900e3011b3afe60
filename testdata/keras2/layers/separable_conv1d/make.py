"""Records the fixtures of SeparableConv1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.SeparableConv1D(5, 3), (9, 3))
case("same_strides_2", lambda: L.SeparableConv1D(5, 3, strides=2, padding="same"), (10, 3))
case("causal", lambda: L.SeparableConv1D(5, 3, padding="causal"), (9, 3))
case("multiplier_2", lambda: L.SeparableConv1D(5, 4, depth_multiplier=2, padding="same"), (9, 3))
case("dilation_2", lambda: L.SeparableConv1D(5, 3, dilation_rate=2), (9, 3))
case("no_bias", lambda: L.SeparableConv1D(5, 3, use_bias=False), (9, 3))
case("activation_relu", lambda: L.SeparableConv1D(5, 3, activation="relu"), (9, 3))
case("channels_first", lambda: L.SeparableConv1D(5, 3, data_format="channels_first"), (3, 9))
case("same_strides_over_kernel", lambda: L.SeparableConv1D(5, 2, strides=3, padding="same"), (10, 3))
