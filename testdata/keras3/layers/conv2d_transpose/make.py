"""Records the fixtures of Conv2DTranspose; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv2DTranspose(4, 3, strides=2), (4, 5, 3), parts=True)
case("same", lambda: L.Conv2DTranspose(4, 4, strides=2, padding="same", activation="relu"), (4, 5, 3))
case("strides_over_kernel", lambda: L.Conv2DTranspose(4, 2, strides=3), (4, 3, 3))
case("output_padding", lambda: L.Conv2DTranspose(4, 3, strides=2, output_padding=1), (4, 3, 3))
case("output_padding_0_same", lambda: L.Conv2DTranspose(4, 3, strides=2, padding="same", output_padding=0), (4, 3, 3))
case("strides_1", lambda: L.Conv2DTranspose(4, 3, padding="same"), (4, 5, 3))
case("channels_first", lambda: L.Conv2DTranspose(4, 3, strides=2, padding="same", data_format="channels_first"), (3, 4, 5))
case("free_size", lambda: L.Conv2DTranspose(2, 2, strides=2), (-4, -5, 3))
