"""Records the fixtures of Reshape; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Reshape((6, 2)), (3, 4))
case("minus_one", lambda: L.Reshape((-1, 2)), (3, 4))
case("to_vector", lambda: L.Reshape((-1,)), (3, 4))
case("free_length", lambda: L.Reshape((-1, 2)), (-3, 4))
