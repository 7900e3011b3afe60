"""Records the fixtures of RepeatVector; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.RepeatVector(3), (5,))
case("once", lambda: L.RepeatVector(1), (5,))
