"""Records the fixtures of Embedding; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Embedding(7, 3), (5,), dtype="int32", below=7, parts=True)
case("float_input", lambda: L.Embedding(7, 3), (5,), below=7)
case("rank3", lambda: L.Embedding(7, 3), (4, 2), dtype="int32", below=7)
case("mask_zero_average", lambda: [L.Embedding(4, 3, mask_zero=True), L.GlobalAveragePooling1D()], (6,), dtype="int32", below=4)
case("mask_zero_lstm", lambda: [L.Embedding(3, 3, mask_zero=True), L.LSTM(4)], (6,), dtype="int32", below=3)
case("free_length", lambda: [L.Embedding(7, 3), L.GlobalMaxPooling1D()], (-5,), dtype="int32", below=7)
