"""Records the fixtures of LeakyReLU; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.LeakyReLU(), (4, 5))
case("slope", lambda: L.LeakyReLU(negative_slope=0.05), (4, 5))
