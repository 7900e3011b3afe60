"""Records the fixtures of Cropping1D, 2D and 3D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("one_d", lambda: L.Cropping1D((1, 2)), (6, 3))
case("two_d", lambda: L.Cropping2D(((1, 0), (2, 1))), (4, 6, 2))
case("two_d_channels_first", lambda: L.Cropping2D((1, 2), data_format="channels_first"), (2, 4, 6))
case("three_d", lambda: L.Cropping3D(((1, 0), (0, 1), (1, 1))), (3, 4, 5, 2))
