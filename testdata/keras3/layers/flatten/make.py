"""Records the fixtures of Flatten; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Flatten(), (3, 4, 2))
case("rank2", lambda: L.Flatten(), (5,))
case("channels_first", lambda: L.Flatten(data_format="channels_first"), (2, 3, 4))
