"""Records the fixtures of UpSampling3D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.UpSampling3D(), (2, 3, 2, 2))
case("size_1x2x3", lambda: L.UpSampling3D((1, 2, 3)), (2, 3, 2, 2))
case("channels_first", lambda: L.UpSampling3D((1, 2, 3), data_format="channels_first"), (2, 2, 3, 2))
