"""Records the fixtures of Bidirectional; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, graph = recorder(__file__)
for mode in ("concat", "sum", "mul", "ave"):
    case(f"{mode}", lambda: L.Bidirectional(L.LSTM(4, return_sequences=True), merge_mode=mode), (5, 3), parts=mode == "concat")
graph("no_merge", lambda x: L.Bidirectional(L.LSTM(4, return_sequences=True), merge_mode=None)(x), (5, 3))
case("last", lambda: L.Bidirectional(L.GRU(4)), (5, 3))
case("simple_rnn_relu", lambda: L.Bidirectional(L.SimpleRNN(4, activation="relu")), (5, 3))
case("backward_layer", lambda: L.Bidirectional(L.LSTM(4), backward_layer=L.LSTM(3, activation="relu", go_backwards=True)), (5, 3))
graph("return_state", lambda x: list(L.Bidirectional(L.LSTM(3, return_sequences=True, return_state=True))(x)), (5, 3))
graph("initial_state", lambda x, a, b: L.Bidirectional(L.GRU(3))(x, initial_state=[a, b]), (5, 3), (3,), (3,))
STEPS = [(0, 3), (0, 4), (1, 0), (1, 2)]
case("masked", lambda: [L.Masking(), L.Bidirectional(L.LSTM(3, return_sequences=True))], (5, 3), zeros=STEPS)
case("masked_last", lambda: [L.Masking(), L.Bidirectional(L.LSTM(3))], (5, 3), zeros=STEPS)
case("masked_gru_sum", lambda: [L.Masking(), L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode="sum")], (5, 3), zeros=STEPS)
case("stacked_relu_conv", lambda: [L.Bidirectional(L.LSTM(4, activation="relu", return_sequences=True)), L.LSTM(4, activation="relu", return_sequences=True), L.Conv1D(3, 8, padding="same"), L.Flatten(), L.Dense(1, activation="sigmoid")], (6, 3), minimum_std=1e-3)
