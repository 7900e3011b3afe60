"""Records the fixtures of RNN over cells; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
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


def with_states(layer):
    return lambda tensors: list(layer(tensors[0], initial_state=list(tensors[1:])))


case("implementation_1", lambda: L.RNN([L.LSTMCell(4, implementation=1), L.GRUCell(3, implementation=1)]), (6, 3))
case("implementation_2", lambda: L.RNN([L.LSTMCell(4, implementation=2), L.GRUCell(3, implementation=2)]), (6, 3))
case("lstm_implementation_1", lambda: L.LSTM(4, implementation=1, return_sequences=True), (6, 3))
case("no_bias", lambda: L.RNN([L.SimpleRNNCell(4, use_bias=False), L.LSTMCell(3, use_bias=False), L.GRUCell(3, use_bias=False)]), (6, 3))
case("initial_state", lambda: with_states(L.RNN(L.LSTMCell(4), return_state=True, return_sequences=True)), (6, 3), (4,), (4,))
case("stacked_initial_state", lambda: with_states(L.RNN([L.SimpleRNNCell(4), L.GRUCell(3)], return_state=True)), (6, 3), (4,), (3,))
case("time_major", lambda: L.RNN(L.GRUCell(4), time_major=True, return_sequences=True), (6, 3))
case("backwards_states", lambda: L.RNN([L.LSTMCell(4), L.LSTMCell(3)], go_backwards=True, return_sequences=True, return_state=True), (6, 3))
case("long", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True), (140, 3))
