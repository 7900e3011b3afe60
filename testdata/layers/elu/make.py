"""Records the fixtures of ELU; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.ELU(), (4, 5, 3))
case("alpha_0_5", lambda: L.ELU(alpha=0.5), (4, 5, 3))
case("alpha_2", lambda: L.ELU(alpha=2.0), (9,), scale=3.0)
