"""Records the fixtures of Permute; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Permute((2, 1)), (3, 4))
case("rank4", lambda: L.Permute((3, 1, 2)), (3, 4, 2))
