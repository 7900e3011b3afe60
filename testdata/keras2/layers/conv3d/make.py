"""Records the fixtures of Conv3D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv3D(3, 3), (5, 6, 4, 2))
case("same", lambda: L.Conv3D(3, 3, padding="same"), (4, 5, 4, 2))
case("same_strides_2", lambda: L.Conv3D(3, 3, strides=2, padding="same"), (5, 6, 4, 2))
case("valid_strides_1x2x3", lambda: L.Conv3D(3, (1, 2, 3), strides=(1, 2, 3)), (4, 5, 7, 2))
case("kernel_2_same", lambda: L.Conv3D(3, 2, padding="same"), (4, 5, 3, 2))
case("pointwise_no_bias", lambda: L.Conv3D(3, 1, use_bias=False), (3, 4, 5, 2))
case("dilation_2", lambda: L.Conv3D(3, 2, dilation_rate=2), (5, 6, 4, 2))
case("dilation_2_same", lambda: L.Conv3D(3, 3, dilation_rate=2, padding="same"), (5, 6, 4, 2))
case("groups_2", lambda: L.Conv3D(4, 2, groups=2), (4, 5, 3, 4))
case("activation_relu", lambda: L.Conv3D(3, 3, activation="relu"), (5, 4, 4, 2))
case("channels_first", lambda: L.Conv3D(3, 3, padding="same", data_format="channels_first"), (2, 4, 5, 4))
case("same_strides_over_kernel", lambda: L.Conv3D(4, 2, strides=3, padding="same"), (7, 5, 8, 2))
