"""Records the fixtures of Bidirectional; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

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


def all_outputs(layer):
    return lambda tensor: list(layer(tensor))


case("separate_states", lambda: all_outputs(L.Bidirectional(L.GRU(4, return_sequences=True, return_state=True), merge_mode=None)), (6, 3))
case("last_separate", lambda: L.Bidirectional(L.LSTM(4), merge_mode=None), (6, 3))
case("last_product", lambda: L.Bidirectional(L.LSTM(4), merge_mode="mul"), (6, 3), minimum_std=0.01)
case("last_average", lambda: L.Bidirectional(L.SimpleRNN(4), merge_mode="ave"), (6, 3))
case("unrolled", lambda: L.Bidirectional(L.GRU(4, unroll=True, return_sequences=True)), (6, 3))
case("no_bias", lambda: L.Bidirectional(L.LSTM(4, use_bias=False)), (6, 3))
case("gates_hard_sigmoid", lambda: L.Bidirectional(L.LSTM(4, recurrent_activation="hard_sigmoid", return_sequences=True)), (6, 3))
case("gru_reset_before", lambda: L.Bidirectional(L.GRU(4, reset_after=False)), (6, 3))
case("backward_layer_simple", lambda: L.Bidirectional(L.LSTM(4), backward_layer=L.SimpleRNN(3, go_backwards=True)), (6, 3))
case("stacked_cells", lambda: L.Bidirectional(L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True), merge_mode="sum"), (6, 3))
case("conv_lstm_states", lambda: L.Bidirectional(L.ConvLSTM1D(2, 3, padding="same", return_state=True)), (4, 6, 2), minimum_std=0.02)
case("conv_lstm_sum", lambda: L.Bidirectional(L.ConvLSTM2D(2, 3, return_sequences=True), merge_mode="sum"), (3, 6, 5, 2), minimum_std=0.02)


def initialized_gru(tensors):
    layer = L.Bidirectional(L.GRU(4, return_state=True), merge_mode="sum")
    return list(layer(tensors[0], initial_state=list(tensors[1:])))


case("initial_state_gru", lambda: initialized_gru, (6, 3), (4,), (4,))


def initialized_backward_layer(tensors):
    layer = L.Bidirectional(L.LSTM(4, return_sequences=True), backward_layer=L.LSTM(4, return_sequences=True, activation="relu", go_backwards=True))
    return layer(tensors[0], initial_state=list(tensors[1:]))


case("initial_state_backward_layer", lambda: initialized_backward_layer, (6, 3), (4,), (4,), (4,), (4,))


def encoder_decoder(tensors):
    _, *states = L.Bidirectional(L.LSTM(4, return_state=True))(tensors[0])
    return L.Bidirectional(L.LSTM(4, return_sequences=True))(tensors[1], initial_state=states)


case("encoder_decoder", lambda: encoder_decoder, (6, 3), (5, 2))
