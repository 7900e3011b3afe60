"""Records the fixtures of ConvLSTM3D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("last", lambda: L.ConvLSTM3D(3, 3), (3, 4, 5, 4, 2))
case(
    "sequence_states",
    lambda: L.ConvLSTM3D(3, 2, padding="same", return_sequences=True, return_state=True), (3, 4, 5, 4, 2),
)
case("strides", lambda: L.ConvLSTM3D(2, 3, strides=2, padding="same", use_bias=False), (2, 7, 6, 5, 2))
