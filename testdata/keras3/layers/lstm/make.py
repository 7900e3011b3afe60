"""Records the fixtures of LSTM; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
case("plain", lambda: L.LSTM(4), (5, 3), parts=True, whole=True)
case("return_sequences", lambda: L.LSTM(4, return_sequences=True), (5, 3))
case("relu", lambda: L.LSTM(4, activation="relu", return_sequences=True), (5, 3))
case("gates_relu", lambda: L.LSTM(4, recurrent_activation="hard_sigmoid"), (5, 3))
case("gates_elu", lambda: L.LSTM(4, activation="elu", recurrent_activation="softsign"), (5, 3))
case("no_bias", lambda: L.LSTM(4, use_bias=False), (5, 3))
case("go_backwards", lambda: L.LSTM(4, return_sequences=True, go_backwards=True), (5, 3))
graph("return_state", lambda x: list(L.LSTM(4, return_state=True)(x)), (5, 3))
graph("return_sequences_and_state", lambda x: list(L.LSTM(4, return_sequences=True, return_state=True)(x)), (5, 3))
graph("initial_state", lambda x, h, c: L.LSTM(4)(x, initial_state=[h, c]), (5, 3), (4,), (4,))
graph("encoder_decoder", lambda x, y: (lambda s: L.LSTM(4, return_sequences=True)(y, initial_state=[s[1], s[2]]))(L.LSTM(4, return_state=True)(x)), (5, 3), (4, 2))
case("unroll", lambda: L.LSTM(4, unroll=True), (5, 3))
case("stacked", lambda: [L.LSTM(4, return_sequences=True), L.LSTM(3)], (5, 3))
STEPS = [(0, 3), (0, 4), (1, 0), (1, 2)]
case("masked", lambda: [L.Masking(), L.LSTM(4, return_sequences=True)], (5, 3), zeros=STEPS)
case("masked_last", lambda: [L.Masking(), L.LSTM(4)], (5, 3), zeros=STEPS)
case("masked_go_backwards", lambda: [L.Masking(), L.LSTM(4, go_backwards=True, return_sequences=True)], (5, 3), zeros=STEPS)
case("masked_stacked", lambda: [L.Masking(), L.LSTM(4, return_sequences=True), L.LSTM(3)], (5, 3), zeros=STEPS)
case("free_length", lambda: L.LSTM(4, return_sequences=True), (-5, 3))
case("one_step", lambda: L.LSTM(4), (1, 3))
