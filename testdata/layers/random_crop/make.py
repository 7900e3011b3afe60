"""Records the fixtures of RandomCrop, which resizes at inference; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.RandomCrop(3, 4), (6, 7, 2))
case("same_aspect", lambda: L.RandomCrop(3, 4), (6, 8, 2))
case("larger", lambda: L.RandomCrop(6, 7), (4, 5, 2))
