"""Records the fixtures of GRU; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
case("plain", lambda: L.GRU(4), (5, 3), parts=True, whole=True)
case("reset_before", lambda: L.GRU(4, reset_after=False), (5, 3))
case("reset_before_no_bias", lambda: L.GRU(4, reset_after=False, use_bias=False, return_sequences=True), (5, 3))
case("no_bias", lambda: L.GRU(4, use_bias=False), (5, 3))
case("return_sequences", lambda: L.GRU(4, return_sequences=True), (5, 3))
case("relu_hard_sigmoid", lambda: L.GRU(4, activation="relu", recurrent_activation="hard_sigmoid"), (5, 3))
case("go_backwards", lambda: L.GRU(4, return_sequences=True, go_backwards=True), (5, 3))
graph("return_state", lambda x: list(L.GRU(4, return_sequences=True, return_state=True)(x)), (5, 3))
graph("initial_state", lambda x, h: L.GRU(4, return_sequences=True)(x, initial_state=h), (5, 3), (4,))
case("masked", lambda: [L.Masking(), L.GRU(4, return_sequences=True)], (5, 3), zeros=[(0, 3), (0, 4), (1, 0), (1, 2)])
case("masked_last_reset_before", lambda: [L.Masking(), L.GRU(4, reset_after=False)], (5, 3), zeros=[(0, 3), (0, 4), (1, 0), (1, 2)])
case("free_length", lambda: L.GRU(4), (-5, 3))
