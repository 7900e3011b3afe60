"""Records the fixtures of Rescaling; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Rescaling(1 / 127.5, offset=-1.0), (4, 5, 3), scale=100.0)
case("lists", lambda: L.Rescaling([0.5, 2.0, 1.5], offset=[0.1, -0.3, 0.0]), (4, 3))
case("int_input", lambda: L.Rescaling(1 / 127.5, offset=-1.0), (4, 5, 3), dtype="uint8", below=256)
