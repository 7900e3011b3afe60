"""Records the fixtures of Bidirectional; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
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
