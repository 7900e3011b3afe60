"""Records the fixtures of RNN over cells; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import keras, L, recorder

case, graph = recorder(__file__)
case("simple_cell", lambda: L.RNN(L.SimpleRNNCell(4)), (5, 3))
case("lstm_cell", lambda: L.RNN(L.LSTMCell(4), return_sequences=True), (5, 3), parts=True)
case("gru_cell", lambda: L.RNN(L.GRUCell(4, reset_after=False)), (5, 3))
case("gru_cell_go_backwards", lambda: L.RNN(L.GRUCell(4), return_sequences=True, go_backwards=True), (5, 3))
case("stacked_cells", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)]), (5, 3), parts=True)
case("stacked_cells_sequences", lambda: L.RNN(L.StackedRNNCells([L.SimpleRNNCell(4), L.LSTMCell(3, activation="relu")]), return_sequences=True), (5, 3))
graph("lstm_cell_return_state", lambda x: list(L.RNN(L.LSTMCell(4), return_state=True)(x)), (5, 3))
graph("lstm_cell_initial_state", lambda x, h, c: L.RNN(L.LSTMCell(4))(x, initial_state=[h, c]), (5, 3), (4,), (4,))
graph("stacked_cells_return_state", lambda x: list(keras.tree.flatten(L.RNN([L.LSTMCell(2), L.GRUCell(3)], return_state=True)(x))), (5, 3))
case("masked", lambda: [L.Masking(), L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True)], (5, 3), zeros=[(0, 3), (0, 4), (1, 0), (1, 2)])
case("bidirectional_cell", lambda: L.Bidirectional(L.RNN(L.LSTMCell(3), return_sequences=True)), (5, 3))
case("no_bias", lambda: L.RNN([L.SimpleRNNCell(4, use_bias=False), L.LSTMCell(3, use_bias=False), L.GRUCell(3, use_bias=False)]), (6, 3))
case("unrolled", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)], unroll=True, return_sequences=True), (6, 3))
graph("stacked_initial_state", lambda x, a, b: L.RNN([L.SimpleRNNCell(4), L.GRUCell(3)])(x, initial_state=[a, b]), (6, 3), (4,), (3,))
case("long", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True), (140, 3))
case("free_length", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True), (-6, 3))
