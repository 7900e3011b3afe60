"""Records the fixtures of RNN over cells; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("lstm_cell", lambda: L.RNN(L.LSTMCell(5)), (6, 3))
case("lstm_cell_sequence", lambda: L.RNN(L.LSTMCell(5), return_sequences=True), (6, 3))
case(
    "lstm_cell_hard",
    lambda: L.RNN(L.LSTMCell(5, recurrent_activation="hard_sigmoid"), return_state=True), (6, 3),
)
case("gru_cell", lambda: L.RNN(L.GRUCell(5), return_sequences=True, return_state=True), (6, 3))
case("gru_cell_before", lambda: L.RNN(L.GRUCell(5, reset_after=False)), (6, 3))
case("simple_cell", lambda: L.RNN(L.SimpleRNNCell(5, activation="relu"), go_backwards=True), (6, 3))
case("list", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True), (6, 3))
case("stacked", lambda: L.RNN(L.StackedRNNCells([L.GRUCell(4), L.LSTMCell(3)])), (6, 3))
case("stacked_states", lambda: L.RNN([L.LSTMCell(2), L.GRUCell(3)], return_state=True), (6, 3))
case("unrolled", lambda: L.RNN([L.SimpleRNNCell(2), L.SimpleRNNCell(3)], unroll=True), (6, 3))
case("single_list", lambda: L.RNN([L.LSTMCell(4)]), (6, 3))
