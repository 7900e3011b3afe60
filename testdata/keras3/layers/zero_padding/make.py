"""Records the fixtures of ZeroPadding1D, 2D and 3D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("one_d", lambda: L.ZeroPadding1D(2), (4, 3))
case("one_d_pair", lambda: L.ZeroPadding1D((0, 3)), (4, 3))
case("one_d_channels_first", lambda: L.ZeroPadding1D((1, 2), data_format="channels_first"), (3, 4))
case("two_d", lambda: L.ZeroPadding2D(), (3, 4, 2))
case("two_d_pairs", lambda: L.ZeroPadding2D(((0, 1), (2, 3))), (3, 4, 2))
case("two_d_channels_first", lambda: L.ZeroPadding2D((1, 2), data_format="channels_first"), (2, 3, 4))
case("three_d_pairs", lambda: L.ZeroPadding3D(((0, 1), (1, 0), (2, 1))), (2, 3, 3, 2))
