"""Records the fixtures of SimpleRNN; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("last", lambda: L.SimpleRNN(5), (6, 3))
case("sequence", lambda: L.SimpleRNN(5, return_sequences=True), (6, 3))
case("states", lambda: L.SimpleRNN(5, return_sequences=True, return_state=True), (6, 3))
case("no_bias", lambda: L.SimpleRNN(5, use_bias=False), (6, 3))
case("backwards", lambda: L.SimpleRNN(5, go_backwards=True, return_sequences=True), (6, 3))
for activation in ("relu", "linear", "sigmoid", "elu"):
    case(
        f"activation_{activation}",
        lambda: L.SimpleRNN(5, activation=activation, return_sequences=True), (4, 3), scale=0.5,
    )
case("unrolled", lambda: L.SimpleRNN(5, unroll=True), (6, 3))
case("time_major", lambda: L.SimpleRNN(5, time_major=True, return_sequences=True), (6, 3))
case("long", lambda: L.SimpleRNN(4, return_sequences=True), (90, 2))
case("many_units", lambda: L.SimpleRNN(33), (7, 21))


def initialized(layer):
    return lambda tensors: layer(tensors[0], initial_state=tensors[1])


case("initial_state", lambda: initialized(L.SimpleRNN(5, return_sequences=True)), (6, 3), (5,))
