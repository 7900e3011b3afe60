"""Records the fixtures of UpSampling1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.UpSampling1D(), (4, 3))
case("size_3", lambda: L.UpSampling1D(3), (4, 3))
