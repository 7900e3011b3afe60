"""Records the fixtures of Embedding; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Embedding(11, 4), (6,), dtype="int32", below=11)
case("float_indices", lambda: L.Embedding(11, 4), (6,), below=11)
case("one_index", lambda: L.Embedding(11, 4), (1,), dtype="int32", below=11)
case("rank3", lambda: L.Embedding(7, 3), (3, 4), dtype="int32", below=7)
case("flatten_dense", lambda: [L.Embedding(9, 4), L.Flatten(), L.Dense(3)], (5,), dtype="int32", below=9)
case("average", lambda: [L.Embedding(9, 4), L.GlobalAveragePooling1D(), L.Dense(3)], (5,), dtype="int32", below=9)
case("mask_zero_average", lambda: [L.Embedding(5, 4, mask_zero=True), L.GlobalAveragePooling1D()], (8,), dtype="int32", below=5)
