"""Records the fixtures of UpSampling2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.UpSampling2D(), (4, 3, 2))
case("size_2x3", lambda: L.UpSampling2D((2, 3)), (4, 3, 2))
case("bilinear", lambda: L.UpSampling2D(interpolation="bilinear"), (4, 3, 2))
case("bilinear_3x2", lambda: L.UpSampling2D((3, 2), interpolation="bilinear"), (4, 3, 2))
case("channels_first", lambda: L.UpSampling2D((3, 2), data_format="channels_first"), (2, 4, 3))
case(
    "channels_first_bilinear",
    lambda: L.UpSampling2D(2, data_format="channels_first", interpolation="bilinear"),
    (2, 4, 3),
)
case("size_1", lambda: L.UpSampling2D(1), (4, 3, 2))
