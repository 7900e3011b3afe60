"""Records the fixtures of IntegerLookup; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import L, recorder

case, _ = recorder(__file__)
case("int", lambda: L.IntegerLookup(vocabulary=[7, 9, 3]), (8,), dtype="int64", below=11)
case("int_mask", lambda: L.IntegerLookup(vocabulary=[7, 9, 3], mask_token=0), (8,), dtype="int64", below=11)
case("int_no_oov", lambda: L.IntegerLookup(vocabulary=[0, 1, 2, 3, 4], num_oov_indices=0), (8,), dtype="int64", below=5)
case("embedded", lambda: [L.IntegerLookup(vocabulary=[7, 9, 3, 0]), L.Embedding(5, 4)], (8,), dtype="int64", below=11)
case("one_hot", lambda: L.IntegerLookup(vocabulary=[7, 9, 3, 0, 1, 5], output_mode="one_hot"), (1,), dtype="int64", below=7)
case("multi_hot", lambda: L.IntegerLookup(vocabulary=[4, 9, 2, 8, 6, 1], output_mode="multi_hot"), (4,), dtype="int64", below=11)
case("count", lambda: L.IntegerLookup(vocabulary=[7, 9, 3], output_mode="count"), (8,), dtype="int64", below=11)
case("adapted", lambda: L.IntegerLookup(), (8,), dtype="int64", below=11, adapt=np.array([[3, 3, 8], [8, 3, 5]]))
case("adapted_one_hot", lambda: L.IntegerLookup(output_mode="one_hot"), (1,), dtype="int64", below=9, adapt=np.array([[3, 3, 8], [8, 3, 5]]))
case("several_unknown", lambda: L.IntegerLookup(vocabulary=[7, 9, 3], num_oov_indices=3), (8,), dtype="int64", below=11)
case("several_unknown_count", lambda: L.IntegerLookup(vocabulary=[7, 9, 3], num_oov_indices=2, output_mode="count"), (8,), dtype="int64", below=11)
case("mask_dropped", lambda: L.IntegerLookup(vocabulary=[7, 9, 3], mask_token=0, output_mode="count"), (8,), dtype="int64", below=11)
case("inverted", lambda: L.IntegerLookup(vocabulary=[7, 9, 3], invert=True), (8,), dtype="int64", below=5)
case("weighted", lambda: L.IntegerLookup(vocabulary=[7, 9, 3], output_mode="tf_idf", idf_weights=[0.5, 0.7, 0.2]), (8,), dtype="int64", below=11)
case("multi_hot_rank3", lambda: L.IntegerLookup(vocabulary=[7, 9, 3], output_mode="multi_hot"), (4, 5), dtype="int64", below=11)
