"""Records the fixtures of LeakyReLU; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.LeakyReLU(), (4, 5))
case("slope", lambda: L.LeakyReLU(negative_slope=0.05), (4, 5))
