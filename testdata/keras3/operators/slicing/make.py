"""Records the fixtures of slicing and indexing of Keras tensors; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, ops, recorder

_, graph = recorder(__file__)
graph("range", lambda x: [x[:, 1:3], x[:, :2], x[:, 3:]], (5, 4))
graph("steps", lambda x: [x[:, ::2], x[:, 1::3, 1:4:2]], (7, 5))
graph("negative", lambda x: [x[:, -2:], x[:, :-1], x[:, -3:-1]], (5, 4))
graph("reversed", lambda x: [x[:, ::-1], x[:, 4:1:-1], x[..., ::-2]], (6, 5))
graph("index", lambda x: [x[:, 0], x[:, -1], x[:, 2, 1]], (5, 4))
graph("ellipsis", lambda x: [x[..., 0], x[..., 1:3], x[:, 1, ..., -1]], (5, 3, 4))
graph("new_axis", lambda x: [x[:, None], x[:, :, None, :], x[..., None]], (3, 4))
graph("new_axis_and_index", lambda x: [x[:, None, 1], x[:, 0, ..., None]], (3, 4))
graph("last_step", lambda x: L.Dense(3)(L.LSTM(4, return_sequences=True)(x)[:, -1, :]), (5, 3), parts=True)
graph("free_length", lambda x: [x[:, 1:], x[:, -1], x[:, :-2]], (-6, 4))
graph("batch_2_ops_slice", lambda x: ops.slice(x, [0, 1, 2], [2, 2, 2]), (5, 4))
graph("halves", lambda x: x[..., :2] * ops.sigmoid(x[..., 2:]), (5, 4))
