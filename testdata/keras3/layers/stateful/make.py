"""Records the fixtures of stateful layers, three calls in a row; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

recorded, _ = recorder(__file__)


def case(name, make_layer, *shapes, **options):
    recorded(name, make_layer, *shapes, calls=3, **options)


STATEFUL = dict(stateful=True)
SEQUENCE = dict(stateful=True, return_sequences=True)
STATES = dict(stateful=True, return_sequences=True, return_state=True)
case("lstm", lambda: L.LSTM(4, **STATEFUL), (5, 3))
case("lstm_states", lambda: L.LSTM(4, **STATES), (5, 3))
case("lstm_relu", lambda: L.LSTM(4, activation="relu", **SEQUENCE), (5, 3))
case("lstm_gates_hard_sigmoid", lambda: L.LSTM(4, recurrent_activation="hard_sigmoid", **STATES), (5, 3))
case("lstm_elu", lambda: L.LSTM(4, activation="elu", **SEQUENCE), (5, 3))
case("lstm_backwards", lambda: L.LSTM(4, go_backwards=True, **SEQUENCE), (5, 3))
case("lstm_unrolled", lambda: L.LSTM(4, unroll=True, **STATEFUL), (5, 3))
case("gru", lambda: L.GRU(4, **STATEFUL), (5, 3))
case("gru_states", lambda: L.GRU(4, **STATES), (5, 3))
case("gru_reset_before", lambda: L.GRU(4, reset_after=False, **SEQUENCE), (5, 3))
case("gru_long", lambda: L.GRU(4, **SEQUENCE), (80, 3))
case("simple_rnn", lambda: L.SimpleRNN(4, **STATES), (5, 3))
case("simple_rnn_elu", lambda: L.SimpleRNN(4, activation="elu", **STATEFUL), (5, 3))
case("conv_lstm2d", lambda: L.ConvLSTM2D(2, 3, padding="same", **STATES), (3, 5, 4, 2))
case("conv_lstm1d_strides", lambda: L.ConvLSTM1D(2, 3, strides=2, **STATEFUL), (3, 7, 2))
case("rnn_cell", lambda: L.RNN(L.LSTMCell(4), **SEQUENCE), (5, 3))
case("stacked_cells", lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)], **SEQUENCE), (5, 3))
case("bidirectional", lambda: L.Bidirectional(L.LSTM(3, **SEQUENCE)), (5, 3))
case("bidirectional_gru_sum", lambda: L.Bidirectional(L.GRU(3, **STATEFUL), merge_mode="sum"), (5, 3))
case("two_layers", lambda: [L.GRU(4, **SEQUENCE), L.LSTM(3, **STATEFUL), L.Dense(2)], (5, 3))
case("stateless_between", lambda: [L.LSTM(4, **SEQUENCE), L.LSTM(4, return_sequences=True), L.GRU(3, **STATEFUL)], (5, 3))
MASKED = dict(below=3, dtype="int32")


def masked(*layers):
    return lambda: [L.Embedding(4, 3, mask_zero=True)] + [make() for make in layers]


case("masked_lstm", masked(lambda: L.LSTM(4, **STATES)), (6,), **MASKED)
case("masked_gru", masked(lambda: L.GRU(4, **SEQUENCE)), (6,), **MASKED)
case("masked_gru_last", masked(lambda: L.GRU(4, **STATEFUL)), (6,), **MASKED)
case("masked_bidirectional", masked(lambda: L.Bidirectional(L.GRU(4, **SEQUENCE))), (6,), **MASKED)
case("masked_stacked_cells", masked(lambda: L.RNN([L.SimpleRNNCell(3), L.LSTMCell(4)], **SEQUENCE)), (6,), **MASKED)


def twice(layer):
    return lambda x: L.Concatenate()([layer(x), layer(L.ReLU()(x))])


case("gru_called_twice", lambda: twice(L.GRU(4, **STATEFUL)), (5, 3))
case("lstm_called_twice", lambda: twice(L.LSTM(4, **STATEFUL)), (5, 3))
case("containers", lambda: [L.GRU(4, **SEQUENCE), L.Bidirectional(L.LSTM(3, **STATEFUL))], (5, 3), parts=True, whole=True)
case("free_gru", lambda: L.GRU(4, **SEQUENCE), (-5, 3))
case("free_lstm", lambda: L.LSTM(4, **STATES), (-5, 3))
