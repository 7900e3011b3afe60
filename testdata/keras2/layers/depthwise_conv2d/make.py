"""Records the fixtures of DepthwiseConv2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.DepthwiseConv2D(3), (7, 8, 4))
case("same", lambda: L.DepthwiseConv2D(3, padding="same"), (7, 8, 4))
case("same_strides_2", lambda: L.DepthwiseConv2D(3, strides=2, padding="same"), (9, 8, 4))
case("valid_strides_2", lambda: L.DepthwiseConv2D((3, 2), strides=2), (9, 8, 4))
case("kernel_4_same_strides_3", lambda: L.DepthwiseConv2D(4, strides=3, padding="same"), (10, 11, 3))
case("kernel_1", lambda: L.DepthwiseConv2D(1), (5, 6, 4))
case("same_strides_over_kernel", lambda: L.DepthwiseConv2D(2, strides=3, padding="same"), (10, 8, 3))
case("multiplier_2", lambda: L.DepthwiseConv2D(3, depth_multiplier=2, padding="same"), (6, 7, 3))
case("multiplier_3_strides_2", lambda: L.DepthwiseConv2D(3, depth_multiplier=3, strides=2), (7, 8, 2))
case("one_channel_multiplier_4", lambda: L.DepthwiseConv2D(3, depth_multiplier=4), (6, 7, 1))
case("dilation_2", lambda: L.DepthwiseConv2D(3, dilation_rate=2), (8, 9, 3))
case("dilation_2x3_same", lambda: L.DepthwiseConv2D(3, dilation_rate=(2, 3), padding="same"), (8, 9, 3))
case("dilation_2_multiplier_2", lambda: L.DepthwiseConv2D(3, dilation_rate=2, depth_multiplier=2, padding="same"), (8, 7, 3))
case("no_bias", lambda: L.DepthwiseConv2D(3, use_bias=False), (6, 7, 4))
case("activation_relu6", lambda: L.DepthwiseConv2D(3, activation="relu6"), (6, 7, 4), scale=3.0)
case("activation_swish", lambda: L.DepthwiseConv2D(3, activation="swish"), (6, 7, 4))
case("channels_first", lambda: L.DepthwiseConv2D(3, padding="same", data_format="channels_first"), (4, 6, 7))
case("channels_first_multiplier_2", lambda: L.DepthwiseConv2D(3, depth_multiplier=2, strides=2, data_format="channels_first"), (3, 6, 7))
case("kernel_3x1_same_strides_2", lambda: L.DepthwiseConv2D((3, 1), strides=2, padding="same"), (9, 8, 3))
