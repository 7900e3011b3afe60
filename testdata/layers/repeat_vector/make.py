"""Records the fixtures of RepeatVector; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.RepeatVector(3), (5,))
case("once", lambda: L.RepeatVector(1), (5,))
