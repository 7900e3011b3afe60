"""Records the fixtures of GroupNormalization; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.GroupNormalization(groups=2), (4, 5, 6))
case("per_channel", lambda: L.GroupNormalization(groups=-1), (4, 5, 4))
case("one_group", lambda: L.GroupNormalization(groups=1), (4, 5, 4))
case("rank3", lambda: L.GroupNormalization(groups=3), (5, 6))
case("axis_1", lambda: L.GroupNormalization(groups=2, axis=1), (4, 5, 3))
case("no_scale_no_center", lambda: L.GroupNormalization(groups=2, scale=False, center=False), (4, 5, 4))
