"""Records the fixtures of recurrent layers over sequences of free length; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

recorded, recorded_graph = recorder(__file__)


def case(name, make_layer, *shapes, **options):
    recorded(f"free_{name}", make_layer, *shapes, **options)


def graph(name, function, *shapes, **options):
    recorded_graph(f"free_{name}", function, *shapes, **options)


SEQUENCE = dict(return_sequences=True)
case("lstm_last", lambda: L.LSTM(4), (-6, 3))
case("lstm_gates_hard_sigmoid", lambda: L.LSTM(4, recurrent_activation="hard_sigmoid", **SEQUENCE), (-6, 3))
case("gru", lambda: L.GRU(4, **SEQUENCE), (-6, 3))
case("gru_last", lambda: L.GRU(4), (-6, 3))
case("gru_reset_before", lambda: L.GRU(4, reset_after=False), (-6, 3))
case("gru_backwards", lambda: L.GRU(4, go_backwards=True, **SEQUENCE), (-6, 3))
case("simple_rnn", lambda: L.SimpleRNN(4, **SEQUENCE), (-6, 3))
case("simple_rnn_elu", lambda: L.SimpleRNN(4, activation="elu"), (-6, 3))
case("bidirectional", lambda: L.Bidirectional(L.LSTM(4, **SEQUENCE)), (-6, 3))
case("bidirectional_gru", lambda: [L.Bidirectional(L.GRU(4, **SEQUENCE)), L.Bidirectional(L.GRU(3))], (-6, 3))
case("rnn_cell", lambda: L.RNN(L.LSTMCell(4), **SEQUENCE), (-6, 3))
case("stacked_cells", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)]), (-6, 3))
case("conv_lstm1d", lambda: L.ConvLSTM1D(3, 2, **SEQUENCE), (-4, 6, 2))
case("conv_lstm2d_last", lambda: L.ConvLSTM2D(3, 2, padding="same"), (-4, 5, 4, 2), minimum_std=0.02)
case("two_layers", lambda: [L.LSTM(4, **SEQUENCE), L.GRU(3), L.Dense(2)], (-6, 3))
case("distributed_dense", lambda: [L.TimeDistributed(L.Dense(4, activation="relu")), L.GRU(3)], (-6, 3))
case("distributed_lstm", lambda: [L.TimeDistributed(L.LSTM(4)), L.GRU(3)], (-4, 5, 3))
STEPS = [(0, 3), (0, 4), (1, 0), (1, 2)]
case("masked_lstm", lambda: [L.Masking(), L.LSTM(4, **SEQUENCE)], (-6, 3), zeros=STEPS)
case("masked_gru_last", lambda: [L.Masking(), L.GRU(4)], (-6, 3), zeros=STEPS)
case("masked_bidirectional", lambda: [L.Masking(), L.Bidirectional(L.LSTM(4, **SEQUENCE))], (-6, 3), zeros=STEPS)
case("embedding_masked", lambda: [L.Embedding(4, 3, mask_zero=True), L.LSTM(4, **SEQUENCE), L.GRU(3)], (-6,), dtype="int32", below=3)
graph("initial_state", lambda x, h: L.GRU(4, **SEQUENCE)(x, initial_state=h), (-6, 3), (4,))
graph("states", lambda x: list(L.GRU(4, return_state=True, **SEQUENCE)(x)), (-6, 3))
