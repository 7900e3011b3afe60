"""Records the fixtures of MaxPooling2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.MaxPooling2D(), (7, 8, 3))
case("same", lambda: L.MaxPooling2D(padding="same"), (7, 8, 3))
case("pool_3_strides_2", lambda: L.MaxPooling2D(3, strides=2), (8, 9, 3))
case("pool_3_strides_2_same", lambda: L.MaxPooling2D(3, strides=2, padding="same"), (8, 9, 3))
case("pool_3_strides_1_same", lambda: L.MaxPooling2D(3, strides=1, padding="same"), (6, 5, 3))
case("pool_2x3_strides_1x2", lambda: L.MaxPooling2D((2, 3), strides=(1, 2)), (6, 8, 3))
case("pool_4x1_same", lambda: L.MaxPooling2D((4, 1), padding="same"), (7, 5, 3))
case("strides_over_pool_same", lambda: L.MaxPooling2D(2, strides=3, padding="same"), (10, 11, 3))
case("whole_image", lambda: L.MaxPooling2D((5, 6)), (5, 6, 4))
case("after_conv2d_relu", lambda: [L.Conv2D(4, 3, activation="relu"), L.MaxPooling2D()], (9, 8, 3))
case("channels_first", lambda: L.MaxPooling2D(2, padding="same", data_format="channels_first"), (3, 7, 8))
