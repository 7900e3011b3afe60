"""Records the fixtures of ConvLSTM1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("last", lambda: L.ConvLSTM1D(3, 3), (3, 6, 2))
case(
    "sequence_states",
    lambda: L.ConvLSTM1D(3, 2, padding="same", return_sequences=True, return_state=True), (3, 6, 2),
)
case("strides", lambda: L.ConvLSTM1D(2, 3, strides=2, padding="same", use_bias=False), (4, 9, 2))
case("dilation", lambda: L.ConvLSTM1D(2, 3, dilation_rate=2, return_sequences=True), (4, 9, 2))
case(
    "sigmoid_backwards",
    lambda: L.ConvLSTM1D(
        2, 3, recurrent_activation="sigmoid", activation="relu", go_backwards=True,
        return_sequences=True,
    ), (3, 6, 2),
)
case(
    "bidirectional",
    lambda: L.Bidirectional(L.ConvLSTM1D(2, 3, padding="same", return_sequences=True)), (3, 6, 2),
)
case("channels_first", lambda: L.ConvLSTM1D(3, 3, data_format="channels_first", return_sequences=True), (3, 2, 6))
