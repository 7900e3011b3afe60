"""Records the fixtures of Bidirectional; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
for mode in ("concat", "sum", "mul", "ave"):
    case(
        f"lstm_{mode}",
        lambda: L.Bidirectional(L.LSTM(4, return_sequences=True), merge_mode=mode), (6, 3),
        minimum_std=0.02,
    )
case(
    "lstm_separate", lambda: L.Bidirectional(L.LSTM(4, return_sequences=True), merge_mode=None),
    (6, 3),
)
case("lstm_last", lambda: L.Bidirectional(L.LSTM(4)), (6, 3))
case("gru", lambda: L.Bidirectional(L.GRU(4, return_sequences=True)), (6, 3))
case("gru_last_sum", lambda: L.Bidirectional(L.GRU(4), merge_mode="sum"), (6, 3))
case("simple_rnn", lambda: L.Bidirectional(L.SimpleRNN(4, return_sequences=True)), (6, 3))
case("states", lambda: L.Bidirectional(L.LSTM(4, return_state=True)), (6, 3))
case(
    "gru_states",
    lambda: L.Bidirectional(L.GRU(4, return_state=True, return_sequences=True)), (6, 3),
)
case(
    "backward_layer",
    lambda: L.Bidirectional(
        L.LSTM(4, return_sequences=True),
        backward_layer=L.GRU(4, return_sequences=True, go_backwards=True, activation="relu"),
    ), (6, 3),
)
case("time_major", lambda: L.Bidirectional(L.GRU(4, time_major=True, return_sequences=True)), (6, 3))
case("rnn_cell", lambda: L.Bidirectional(L.RNN(L.GRUCell(4), return_sequences=True)), (6, 3))
case(
    "stacked",
    lambda: [
        L.Bidirectional(L.LSTM(5, activation="relu", return_sequences=True)),
        L.LSTM(6, activation="relu", return_sequences=True),
        L.Conv1D(4, 5, padding="same"), L.Flatten(), L.Dense(3, activation="sigmoid"),
    ], (9, 3), minimum_std=0.02,
)


def initialized(tensors):
    return L.Bidirectional(L.LSTM(4, return_sequences=True))(
        tensors[0], initial_state=list(tensors[1:])
    )


case("initial_state", lambda: initialized, (6, 3), (4,), (4,), (4,), (4,))


def all_outputs(layer):
    return lambda tensor: list(layer(tensor))


case("separate_states", lambda: all_outputs(L.Bidirectional(L.GRU(4, return_sequences=True, return_state=True), merge_mode=None)), (6, 3))
case("last_separate", lambda: L.Bidirectional(L.LSTM(4), merge_mode=None), (6, 3))
case("last_product", lambda: L.Bidirectional(L.LSTM(4), merge_mode="mul"), (6, 3), minimum_std=0.01)
case("last_average", lambda: L.Bidirectional(L.SimpleRNN(4), merge_mode="ave"), (6, 3))
case("goes_backwards", lambda: L.Bidirectional(L.LSTM(4, go_backwards=True, return_sequences=True)), (6, 3))
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
