"""Records the fixtures of gathering, sorting and encoding; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import L, ops, recorder

_, graph = recorder(__file__)
graph("take", lambda x: [ops.take(x, [2, 0, 2], axis=1), ops.take(x, [1, 3], axis=-1)], (5, 4))
graph("take_scalar", lambda x: ops.take(x, 2, axis=1), (5, 4))
graph("take_indices_tensor", lambda x: ops.take(np.arange(15, dtype="float32").reshape(5, 3), x, axis=0), (4,), dtype="int32", below=5)
graph("take_indices_2d", lambda x: ops.take(x, np.array([[0, 2], [1, 1]]), axis=1), (5, 4))
graph("take_negative", lambda x: ops.take(x, [-1, -2], axis=1), (5, 4))
graph("take_along_axis", lambda x, i: ops.take_along_axis(x, i, axis=1), (5, 4), (3, 4), dtype=["float32", "int32"], below=[None, 5])
graph("take_along_last_axis", lambda x, i: ops.take_along_axis(x, i, axis=-1), (5, 4), (5, 2), dtype=["float32", "int32"], below=[None, 4])
graph("one_hot", lambda x: [ops.one_hot(x, 5), ops.one_hot(x, 5, axis=1)], (4,), dtype="int32", below=5)
graph("multi_hot", lambda x: ops.multi_hot(x, 5), (3,), dtype="int32", below=5)
graph("one_hot_types", lambda x: [ops.one_hot(x, 5, dtype="int32"), ops.multi_hot(x, 5, axis=2, dtype="int32")], (3, 2), dtype="int32", below=5)
graph("top_k", lambda x: list(ops.top_k(x, 3)), (4, 7))
graph("top_k_values", lambda x: ops.sum(ops.top_k(x, 2)[0], axis=-1), (4, 7))
graph("sort", lambda x: [ops.sort(x), ops.sort(x, axis=1)], (4, 7))
graph("argsort", lambda x: ops.argsort(x, axis=-1), (4, 7))
graph("argmax_one_hot", lambda x: ops.one_hot(ops.argmax(x, axis=-1), 7), (4, 7))
graph("position_embedding", lambda x: L.Embedding(9, 4)(x) + L.Embedding(5, 4)(ops.arange(5)), (5,), dtype="int32", below=9)
