"""Records the fixtures of RandomCrop, which resizes at inference; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.RandomCrop(3, 4), (6, 7, 2))
case("same_aspect", lambda: L.RandomCrop(3, 4), (6, 8, 2))
case("larger", lambda: L.RandomCrop(6, 7), (4, 5, 2))
