"""Records the fixtures of Flatten; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("rank2", lambda: L.Flatten(), (6,))
case("rank3", lambda: L.Flatten(), (4, 3))
case("rank4", lambda: L.Flatten(), (3, 4, 2))
case("channels_first", lambda: L.Flatten(data_format="channels_first"), (2, 3, 4))
case("channels_first_rank3", lambda: L.Flatten(data_format="channels_first"), (4, 3))
case("before_dense", lambda: [L.Conv2D(4, 3), L.Flatten(), L.Dense(5)], (5, 6, 3))
