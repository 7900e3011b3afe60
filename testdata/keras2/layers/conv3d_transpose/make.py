"""Records the fixtures of Conv3DTranspose; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv3DTranspose(3, 2), (3, 4, 3, 2))
case("same_strides_2", lambda: L.Conv3DTranspose(3, 3, strides=2, padding="same"), (3, 2, 3, 2))
case("valid_strides_1x2x3", lambda: L.Conv3DTranspose(3, 2, strides=(1, 2, 3)), (3, 2, 3, 2))
case("output_padding_1", lambda: L.Conv3DTranspose(3, 3, strides=2, output_padding=1), (2, 3, 2, 2))
case("no_bias_relu", lambda: L.Conv3DTranspose(3, 2, strides=2, use_bias=False, activation="relu"), (3, 2, 2, 2))
case("channels_first", lambda: L.Conv3DTranspose(3, 2, strides=2, data_format="channels_first"), (2, 3, 2, 3))
