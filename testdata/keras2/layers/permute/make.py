"""Records the fixtures of Permute; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("rank3", lambda: L.Permute((2, 1)), (4, 5))
case("rank4_to_channels_first", lambda: L.Permute((3, 1, 2)), (3, 4, 5))
case("rank4_to_channels_last", lambda: L.Permute((2, 3, 1)), (3, 4, 5))
case("rank4_identity", lambda: L.Permute((1, 2, 3)), (3, 4, 5))
case("rank5", lambda: L.Permute((4, 2, 1, 3)), (2, 3, 4, 5))
case("twice", lambda: [L.Permute((3, 1, 2)), L.Permute((2, 3, 1))], (3, 4, 5))
