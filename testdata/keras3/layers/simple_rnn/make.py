"""Records the fixtures of SimpleRNN; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
case("plain", lambda: L.SimpleRNN(4), (5, 3), parts=True)
case("return_sequences", lambda: L.SimpleRNN(4, return_sequences=True), (5, 3))
case("go_backwards", lambda: L.SimpleRNN(4, return_sequences=True, go_backwards=True), (5, 3))
case("relu_no_bias", lambda: L.SimpleRNN(4, activation="relu", use_bias=False), (5, 3))
graph("return_state", lambda x: list(L.SimpleRNN(4, return_sequences=True, return_state=True)(x)), (5, 3))
graph("initial_state", lambda x, h: L.SimpleRNN(4)(x, initial_state=h), (5, 3), (4,))
case("masked", lambda: [L.Masking(), L.SimpleRNN(4, return_sequences=True)], (5, 3), zeros=[(0, 3), (0, 4), (1, 0), (1, 2)])
case("zero_output_for_mask", lambda: [L.Masking(), L.RNN(L.SimpleRNNCell(4), return_sequences=True, zero_output_for_mask=True)], (5, 3), zeros=[(0, 3), (0, 4), (1, 0), (1, 2)])
case("unroll", lambda: L.SimpleRNN(4, unroll=True), (5, 3))
case("free_length", lambda: L.SimpleRNN(4, return_sequences=True), (-5, 3))
