"""Records the fixtures of ZeroPadding2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ZeroPadding2D(), (4, 5, 3))
case("symmetric", lambda: L.ZeroPadding2D((2, 1)), (4, 5, 3))
case("pairs", lambda: L.ZeroPadding2D(((0, 1), (2, 3))), (4, 5, 3))
case("channels_first", lambda: L.ZeroPadding2D(((0, 1), (2, 3)), data_format="channels_first"), (3, 4, 5))
