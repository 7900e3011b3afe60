"""Records the fixtures of LeakyReLU; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.LeakyReLU(), (4, 5, 3))
case("alpha_0_05", lambda: L.LeakyReLU(alpha=0.05), (4, 5, 3))
case("alpha_over_1", lambda: L.LeakyReLU(alpha=1.5), (9,))
case("after_conv2d", lambda: [L.Conv2D(4, 3), L.LeakyReLU(0.1)], (6, 6, 3))
