"""Records the fixtures of CenterCrop; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.CenterCrop(4, 5), (8, 9, 3))
case("odd_difference", lambda: L.CenterCrop(4, 4), (7, 9, 3))
case("smaller_image", lambda: L.CenterCrop(8, 6), (5, 7, 3))
case("channels_first", lambda: L.CenterCrop(3, 4, data_format="channels_first"), (2, 6, 7))
