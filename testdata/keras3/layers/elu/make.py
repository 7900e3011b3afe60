"""Records the fixtures of ELU; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ELU(), (4, 5))
case("alpha", lambda: L.ELU(alpha=0.3), (4, 5))
