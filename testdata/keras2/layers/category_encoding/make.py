"""Records the fixtures of CategoryEncoding; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

_, graph = recorder(__file__)
graph("multi_hot", lambda x: L.CategoryEncoding(num_tokens=5)(x), (3,), dtype="int32", below=5)
graph("one_hot", lambda x: L.CategoryEncoding(num_tokens=5, output_mode="one_hot")(x), (1,), dtype="int32", below=5)
graph("count", lambda x: L.CategoryEncoding(num_tokens=5, output_mode="count")(x), (6,), dtype="int32", below=5)
graph("count_weights", lambda x, w: L.CategoryEncoding(num_tokens=5, output_mode="count")(x, count_weights=w), (6,), (6,), dtype=["int32", "float32"], below=[5, None])
graph("int64_dense", lambda x: L.Dense(3)(L.CategoryEncoding(num_tokens=5)(x)), (3,), dtype="int64", below=5)
