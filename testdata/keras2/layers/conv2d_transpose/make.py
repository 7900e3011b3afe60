"""Records the fixtures of Conv2DTranspose; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv2DTranspose(4, 3), (5, 6, 3))
case("same", lambda: L.Conv2DTranspose(4, 3, padding="same"), (5, 6, 3))
case("valid_strides_2", lambda: L.Conv2DTranspose(4, 3, strides=2), (5, 4, 3))
case("same_strides_2", lambda: L.Conv2DTranspose(4, 3, strides=2, padding="same"), (5, 4, 3))
case("kernel_2_strides_2", lambda: L.Conv2DTranspose(4, 2, strides=2), (5, 4, 3))
case("kernel_4_same_strides_2", lambda: L.Conv2DTranspose(4, 4, strides=2, padding="same"), (5, 4, 3))
case("same_strides_2x3", lambda: L.Conv2DTranspose(4, (3, 5), strides=(2, 3), padding="same"), (5, 4, 3))
case("strides_over_kernel", lambda: L.Conv2DTranspose(4, 2, strides=3), (4, 3, 3))
case("same_strides_over_kernel", lambda: L.Conv2DTranspose(4, 2, strides=3, padding="same"), (4, 3, 3))
case("kernel_1", lambda: L.Conv2DTranspose(4, 1), (4, 5, 3))
case("output_padding_1", lambda: L.Conv2DTranspose(4, 3, strides=2, output_padding=1), (4, 3, 3))
case("output_padding_0_same", lambda: L.Conv2DTranspose(4, 3, strides=2, padding="same", output_padding=0), (4, 3, 3))
case("output_padding_1_same", lambda: L.Conv2DTranspose(4, 3, strides=2, padding="same", output_padding=1), (4, 3, 3))
case("dilation_2", lambda: L.Conv2DTranspose(4, 3, dilation_rate=2), (5, 6, 3))
case("dilation_2_same", lambda: L.Conv2DTranspose(4, 3, dilation_rate=2, padding="same"), (5, 6, 3))
case("no_bias", lambda: L.Conv2DTranspose(4, 3, strides=2, use_bias=False), (4, 3, 3))
case("activation_relu", lambda: L.Conv2DTranspose(4, 3, strides=2, activation="relu"), (4, 3, 3))
case("one_filter_sigmoid", lambda: L.Conv2DTranspose(1, 3, strides=2, activation="sigmoid"), (4, 3, 3))
case("channels_first", lambda: L.Conv2DTranspose(4, 3, strides=2, padding="same", data_format="channels_first"), (3, 5, 4))
