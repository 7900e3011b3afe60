"""Records the fixtures of MaxPooling3D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.MaxPooling3D(), (5, 6, 4, 2))
case("same", lambda: L.MaxPooling3D(padding="same"), (5, 6, 3, 2))
case("pool_3_strides_2_same", lambda: L.MaxPooling3D(3, strides=2, padding="same"), (5, 4, 6, 2))
case("pool_1x2x3_strides_2x1x2", lambda: L.MaxPooling3D((1, 2, 3), strides=(2, 1, 2)), (5, 4, 7, 2))
case("channels_first", lambda: L.MaxPooling3D(2, data_format="channels_first"), (2, 5, 6, 4))
case("strides_over_pool_same", lambda: L.MaxPooling3D(2, 3, padding="same"), (7, 5, 8, 2))
