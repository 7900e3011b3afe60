"""Records the fixtures of slicing of Keras 2 tensors; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder, tf

_, graph = recorder(__file__)
graph("range", lambda x: [x[:, 1:3], x[:, :2], x[:, 3:]], (5, 4))
graph("steps", lambda x: [x[:, ::2], x[:, 1::3, 1:4:2]], (7, 5))
graph("negative", lambda x: [x[:, -2:], x[:, :-1], x[:, -3:-1], x[:, ::-1]], (5, 4))
graph("index", lambda x: [x[:, 0], x[:, -1], x[:, 2, 1]], (5, 4))
graph("ellipsis", lambda x: [x[..., 0], x[..., 1:3], x[:, 1, ..., -1]], (5, 3, 4))
graph("new_axis", lambda x: [x[:, None], x[:, :, tf.newaxis, :], x[..., None]], (3, 4))
graph("new_axis_and_index", lambda x: [x[:, None, 1], x[:, 0, ..., None]], (3, 4))
graph("slice", lambda x: tf.slice(x, [0, 1, 0], [-1, 2, 3]), (5, 4))
graph("batch_2_strided_slice", lambda x: tf.strided_slice(x, [0, 1, 0], [2, 5, 4], [1, 2, 3]), (5, 4))
graph("last_step", lambda x: L.Dense(3)(L.LSTM(4, return_sequences=True)(x)[:, -1, :]), (5, 3))
