"""Records the fixtures of Cropping2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Cropping2D(), (4, 5, 3))
case("symmetric", lambda: L.Cropping2D((1, 2)), (6, 7, 3))
case("pairs", lambda: L.Cropping2D(((0, 1), (2, 1))), (6, 7, 3))
case("channels_first", lambda: L.Cropping2D(((0, 1), (2, 1)), data_format="channels_first"), (3, 6, 7))
