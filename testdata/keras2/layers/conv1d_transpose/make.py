"""Records the fixtures of Conv1DTranspose; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv1DTranspose(4, 3), (6, 3))
case("valid_strides_2", lambda: L.Conv1DTranspose(4, 3, strides=2), (6, 3))
case("same_strides_2", lambda: L.Conv1DTranspose(4, 3, strides=2, padding="same"), (6, 3))
case("same_strides_3_kernel_4", lambda: L.Conv1DTranspose(4, 4, strides=3, padding="same"), (5, 3))
case("strides_over_kernel", lambda: L.Conv1DTranspose(4, 2, strides=3), (5, 3))
case("output_padding_1", lambda: L.Conv1DTranspose(4, 3, strides=2, output_padding=1), (6, 3))
case("output_padding_0_same", lambda: L.Conv1DTranspose(4, 3, strides=2, padding="same", output_padding=0), (6, 3))
case("dilation_2", lambda: L.Conv1DTranspose(4, 3, dilation_rate=2), (6, 3))
case("no_bias", lambda: L.Conv1DTranspose(4, 3, use_bias=False), (6, 3))
case("activation_relu", lambda: L.Conv1DTranspose(4, 3, strides=2, activation="relu"), (6, 3))
case("channels_first", lambda: L.Conv1DTranspose(4, 3, strides=2, data_format="channels_first"), (3, 6))
case("same_strides_over_kernel", lambda: L.Conv1DTranspose(4, 2, strides=3, padding="same"), (5, 3))
