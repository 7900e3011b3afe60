"""Records the fixtures of DepthwiseConv1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.DepthwiseConv1D(3), (9, 4))
case("same", lambda: L.DepthwiseConv1D(4, padding="same"), (9, 4))
case("same_strides_2", lambda: L.DepthwiseConv1D(3, strides=2, padding="same"), (10, 4))
case("multiplier_2", lambda: L.DepthwiseConv1D(3, depth_multiplier=2), (9, 3))
case("dilation_2", lambda: L.DepthwiseConv1D(3, dilation_rate=2, padding="same"), (9, 3))
case("no_bias", lambda: L.DepthwiseConv1D(3, use_bias=False), (9, 3))
case("activation_relu", lambda: L.DepthwiseConv1D(3, activation="relu"), (9, 3))
case("channels_first", lambda: L.DepthwiseConv1D(3, data_format="channels_first"), (3, 9))
case("same_strides_over_kernel", lambda: L.DepthwiseConv1D(2, strides=3, padding="same"), (10, 3))
