"""Records the fixtures of ZeroPadding1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ZeroPadding1D(), (5, 3))
case("pair", lambda: L.ZeroPadding1D((2, 3)), (5, 3))
case("one_side", lambda: L.ZeroPadding1D((2, 0)), (5, 3))
