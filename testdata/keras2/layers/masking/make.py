"""Records the fixtures of Masking; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Masking(), (5, 3))
case("mask_value", lambda: L.Masking(mask_value=-1.0), (5, 3))
case("integers", lambda: L.Masking(mask_value=1.0), (12, 2), below=2, minimum_std=0.0)
case("average", lambda: [L.Masking(mask_value=1.0), L.GlobalAveragePooling1D()], (12, 2), below=2)
