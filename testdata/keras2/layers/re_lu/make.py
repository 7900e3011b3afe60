"""Records the fixtures of ReLU; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.ReLU(), (4, 5, 3))
case("max_value_6", lambda: L.ReLU(max_value=6.0), (4, 5, 3), scale=5.0)
case("max_value_1", lambda: L.ReLU(max_value=1.0), (4, 5, 3))
case("max_value_0_7", lambda: L.ReLU(max_value=0.7), (4, 5, 3))
case("negative_slope", lambda: L.ReLU(negative_slope=0.2), (4, 5, 3))
case("negative_slope_max_value", lambda: L.ReLU(max_value=1.2, negative_slope=0.2), (4, 5, 3))
case("threshold", lambda: L.ReLU(threshold=0.5), (4, 5, 3))
case("threshold_max_value", lambda: L.ReLU(max_value=1.5, threshold=0.4), (4, 5, 3))
case("threshold_max_value_6", lambda: L.ReLU(max_value=6, threshold=0.4), (4, 5, 3), scale=5.0)
case("threshold_negative_slope", lambda: L.ReLU(negative_slope=0.3, threshold=0.5), (4, 5, 3))
case("all_parameters", lambda: L.ReLU(max_value=1.2, negative_slope=0.3, threshold=0.5), (4, 5, 3))
case("rank2", lambda: L.ReLU(), (7,))
