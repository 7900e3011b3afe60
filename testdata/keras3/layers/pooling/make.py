"""Records the fixtures of the pooling layers; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("max1d", lambda: L.MaxPooling1D(), (7, 3))
case("max1d_same", lambda: L.MaxPooling1D(3, strides=2, padding="same"), (8, 3))
case("average1d_same", lambda: L.AveragePooling1D(3, strides=2, padding="same"), (8, 3))
case("average1d_channels_first", lambda: L.AveragePooling1D(2, data_format="channels_first"), (3, 8))
case("max2d", lambda: L.MaxPooling2D(), (7, 6, 3))
case("max2d_same", lambda: L.MaxPooling2D((3, 2), strides=2, padding="same"), (7, 6, 3))
case("max2d_channels_first", lambda: L.MaxPooling2D(2, data_format="channels_first"), (3, 7, 6))
case("max2d_free_size", lambda: L.MaxPooling2D(3, strides=2, padding="same"), (-7, -6, 3))
case("average2d", lambda: L.AveragePooling2D(2), (7, 6, 3))
case("average2d_same", lambda: L.AveragePooling2D((3, 2), strides=2, padding="same"), (7, 6, 3))
case("max3d", lambda: L.MaxPooling3D(), (4, 5, 4, 2))
case("max3d_same", lambda: L.MaxPooling3D((2, 3, 2), strides=2, padding="same"), (4, 5, 5, 2))
case("average3d", lambda: L.AveragePooling3D((1, 2, 2)), (3, 5, 4, 2))
case("average3d_same", lambda: L.AveragePooling3D(3, strides=2, padding="same"), (4, 5, 4, 2))
