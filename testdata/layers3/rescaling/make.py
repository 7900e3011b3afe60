"""Records the fixtures of Rescaling; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Rescaling(1 / 127.5, offset=-1.0), (4, 5, 3), scale=100.0)
case("lists", lambda: L.Rescaling([0.5, 2.0, 1.5], offset=[0.1, -0.3, 0.0]), (4, 3))
case("int_input", lambda: L.Rescaling(1 / 127.5, offset=-1.0), (4, 5, 3), dtype="uint8", below=256)
