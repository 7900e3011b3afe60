"""Records the fixtures of GRU; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
for reset_after in (False, True):
    suffix = "_reset_after" if reset_after else ""
    case(f"last{suffix}", lambda: L.GRU(5, reset_after=reset_after), (6, 3))
    case(
        f"sequence_states{suffix}",
        lambda: L.GRU(5, reset_after=reset_after, return_sequences=True, return_state=True),
        (6, 3),
    )
    case(
        f"no_bias{suffix}",
        lambda: L.GRU(5, reset_after=reset_after, use_bias=False, return_sequences=True), (6, 3),
    )
    case(
        f"gates_hard_sigmoid{suffix}",
        lambda: L.GRU(
            5, reset_after=reset_after, recurrent_activation="hard_sigmoid",
            return_sequences=True,
        ), (6, 3),
    )
case("activation_relu", lambda: L.GRU(5, activation="relu", return_sequences=True), (6, 3))
case("backwards", lambda: L.GRU(5, go_backwards=True, return_sequences=True), (6, 3))
case("unrolled", lambda: L.GRU(5, unroll=True), (6, 3))
case("time_major", lambda: L.GRU(5, time_major=True, return_sequences=True), (6, 3))
case("long", lambda: L.GRU(4, return_sequences=True), (90, 2))
case("long_last", lambda: L.GRU(4), (90, 2))
case("two_layers", lambda: [L.GRU(7, return_sequences=True), L.GRU(4)], (6, 3))


def initialized(layer):
    return lambda tensors: layer(tensors[0], initial_state=tensors[1])


case(
    "initial_state", lambda: initialized(L.GRU(5, return_sequences=True, return_state=True)),
    (6, 3), (5,),
)
