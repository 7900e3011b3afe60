"""Records the fixtures of ZeroPadding3D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ZeroPadding3D(), (3, 2, 3, 2))
case("pairs", lambda: L.ZeroPadding3D(((0, 1), (2, 0), (1, 2))), (3, 2, 3, 2))
case("channels_first", lambda: L.ZeroPadding3D(((0, 1), (2, 0), (1, 2)), data_format="channels_first"), (2, 3, 2, 3))
