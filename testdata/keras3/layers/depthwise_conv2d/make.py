"""Records the fixtures of DepthwiseConv2D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.DepthwiseConv2D(3), (7, 6, 3), parts=True)
case("multiplier_same", lambda: L.DepthwiseConv2D(3, strides=2, padding="same", depth_multiplier=2, activation="relu6"), (7, 6, 3))
case("dilation", lambda: L.DepthwiseConv2D(3, dilation_rate=2, padding="same", use_bias=False), (7, 6, 3))
case("channels_first", lambda: L.DepthwiseConv2D(3, data_format="channels_first"), (3, 7, 6))
