"""Records the fixtures of GroupNormalization; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.GroupNormalization(2), (4, 5, 6))
case("rank3", lambda: L.GroupNormalization(3, epsilon=1e-5), (5, 6))
case("instance", lambda: L.GroupNormalization(-1), (4, 5, 3))
case("one_group", lambda: L.GroupNormalization(1, center=False), (4, 6))
case("axis_1", lambda: L.GroupNormalization(2, axis=1), (4, 5, 3))
case("rank2_no_scale", lambda: L.GroupNormalization(2, scale=False), (8,))
