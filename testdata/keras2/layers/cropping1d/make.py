"""Records the fixtures of Cropping1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Cropping1D(), (7, 3))
case("pair", lambda: L.Cropping1D((2, 0)), (7, 3))
