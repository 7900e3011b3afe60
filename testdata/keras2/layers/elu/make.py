"""Records the fixtures of ELU; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ELU(), (4, 5, 3))
case("alpha_0_5", lambda: L.ELU(alpha=0.5), (4, 5, 3))
case("alpha_2", lambda: L.ELU(alpha=2.0), (9,), scale=3.0)
