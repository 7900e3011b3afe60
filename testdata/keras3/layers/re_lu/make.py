"""Records the fixtures of ReLU; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ReLU(), (4, 5))
case("max_value", lambda: L.ReLU(max_value=1.0), (4, 5))
case("max_value_6", lambda: L.ReLU(max_value=6), (4, 5), scale=6.0)
case("negative_slope", lambda: L.ReLU(negative_slope=0.2), (4, 5))
case("threshold", lambda: L.ReLU(threshold=0.5), (4, 5))
case("everything", lambda: L.ReLU(max_value=1.2, negative_slope=0.2, threshold=0.3), (8, 5))
