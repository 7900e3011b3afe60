"""Records the fixtures of Permute; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Permute((2, 1)), (3, 4))
case("rank4", lambda: L.Permute((3, 1, 2)), (3, 4, 2))
