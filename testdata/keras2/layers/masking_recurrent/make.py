"""Records the fixtures of recurrent layers on masked sequences; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
def masked(*layers):
    return lambda: [L.Masking(mask_value=1.0), *[make() for make in layers]]


small = dict(below=2, minimum_std=0.02)
for name in ("LSTM", "GRU", "SimpleRNN"):
    cell = getattr(L, name)
    case(f"{name.lower()}_last", masked(lambda: cell(4)), (7, 2), **small)
    case(
        f"{name.lower()}_sequence", masked(lambda: cell(4, return_sequences=True)), (7, 2), **small
    )
    case(
        f"{name.lower()}_states",
        masked(lambda: cell(4, return_sequences=True, return_state=True)), (7, 2), **small,
    )
    case(
        f"{name.lower()}_bidirectional",
        masked(lambda: L.Bidirectional(cell(4, return_sequences=True))), (7, 2), **small,
    )
case("bidirectional_last", masked(lambda: L.Bidirectional(L.LSTM(4))), (7, 2), **small)
case(
    "backwards", masked(lambda: L.LSTM(4, go_backwards=True, return_sequences=True)), (7, 2),
    **small,
)
case(
    "zero_output",
    masked(lambda: L.GRU(4, return_sequences=True, zero_output_for_mask=True)), (7, 2), **small,
)
case(
    "two_layers",
    masked(lambda: L.LSTM(4, return_sequences=True), lambda: L.Dropout(0.2), lambda: L.GRU(3)),
    (7, 2), **small,
)
case("stacked_cells", masked(lambda: L.RNN([L.LSTMCell(3), L.GRUCell(4)])), (7, 2), **small)
case(
    "embedding", lambda: [L.Embedding(5, 3, mask_zero=True), L.LSTM(4)], (8,), dtype="int32",
    below=3,
)
case(
    "embedding_bidirectional",
    lambda: [
        L.Embedding(5, 3, mask_zero=True), L.Bidirectional(L.LSTM(4, return_sequences=True)),
        L.Bidirectional(L.GRU(3)), L.Dense(2),
    ], (8,), dtype="int32", below=3,
)


def initialized(tensors):
    x = L.Masking(mask_value=1.0)(tensors[0])
    return L.GRU(4, return_sequences=True, return_state=True)(x, initial_state=tensors[1])


case("initial_state", lambda: initialized, (7, 2), (4,), **small)
case("dense_between", masked(lambda: L.Dense(3), lambda: L.LSTM(4)), (7, 2), **small)
case("conv_drops_mask", masked(lambda: L.Conv1D(3, 2), lambda: L.LSTM(4)), (7, 2), **small)
