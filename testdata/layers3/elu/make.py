"""Records the fixtures of ELU; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ELU(), (4, 5))
case("alpha", lambda: L.ELU(alpha=0.3), (4, 5))
