"""Records the fixtures of ConvLSTM1D, 2D and 3D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
case("one_d", lambda: L.ConvLSTM1D(2, 3), (3, 6, 2))
case("one_d_same_sequences", lambda: L.ConvLSTM1D(2, 3, padding="same", return_sequences=True), (3, 6, 2))
case("two_d", lambda: L.ConvLSTM2D(2, 2), (3, 5, 4, 2), parts=True)
case("two_d_same_sequences", lambda: L.ConvLSTM2D(2, 3, padding="same", return_sequences=True, activation="relu"), (3, 4, 5, 2))
case("two_d_strides_hard_sigmoid", lambda: L.ConvLSTM2D(2, 3, strides=2, padding="same", recurrent_activation="hard_sigmoid"), (3, 5, 6, 2))
case("two_d_go_backwards", lambda: L.ConvLSTM2D(2, 2, go_backwards=True, use_bias=False), (3, 4, 4, 2))
graph("two_d_return_state", lambda x: list(L.ConvLSTM2D(2, 2, return_state=True)(x)), (3, 4, 4, 2))
case("two_d_dilation", lambda: L.ConvLSTM2D(2, 2, dilation_rate=2), (2, 5, 5, 2))
case("two_d_channels_first", lambda: L.ConvLSTM2D(2, 2, data_format="channels_first", padding="same"), (3, 2, 4, 5))
case("three_d", lambda: L.ConvLSTM3D(2, 2), (2, 3, 4, 3, 2))
case("bidirectional", lambda: L.Bidirectional(L.ConvLSTM2D(2, 2, return_sequences=True)), (3, 4, 4, 2))
