"""Records the fixtures of Rescaling; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("scale", lambda: L.Rescaling(1 / 127.5), (4, 5, 3), scale=100.0)
case("scale_offset", lambda: L.Rescaling(1 / 127.5, offset=-1.0), (4, 5, 3), scale=100.0)
case("rank2", lambda: L.Rescaling(2.5, offset=0.5), (6,))
case("per_channel", lambda: L.Rescaling([0.5, 2.0, 1.5], offset=[-1.0, 0.0, 0.3]), (4, 5, 3))
case("per_channel_scale", lambda: L.Rescaling([0.5, 2.0, 1.5], offset=-1.0), (4, 5, 3))
