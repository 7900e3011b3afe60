"""Records the fixtures of UpSampling1D, 2D and 3D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("one_d", lambda: L.UpSampling1D(3), (4, 2))
case("two_d", lambda: L.UpSampling2D((2, 3)), (4, 3, 2))
for name in ("bilinear", "bicubic", "lanczos3", "lanczos5"):
    case(f"two_d_{name}", lambda: L.UpSampling2D((2, 3), interpolation=name), (4, 5, 2))
case("two_d_channels_first", lambda: L.UpSampling2D((3, 2), data_format="channels_first"), (2, 4, 3))
case("two_d_channels_first_bilinear", lambda: L.UpSampling2D(2, data_format="channels_first", interpolation="bilinear"), (2, 4, 3))
case("two_d_free_size", lambda: L.UpSampling2D(2), (-4, -3, 2))
case("three_d", lambda: L.UpSampling3D((1, 2, 3)), (2, 3, 2, 2))
case("three_d_channels_first", lambda: L.UpSampling3D(2, data_format="channels_first"), (2, 3, 2, 2))
