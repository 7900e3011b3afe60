"""Records the fixtures of CategoryEncoding; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
case("multi_hot", lambda: L.CategoryEncoding(num_tokens=5), (3,), dtype="int32", below=5)
case("one_hot", lambda: L.CategoryEncoding(num_tokens=5, output_mode="one_hot"), (1,), dtype="int32", below=5)
case("one_hot_rank3", lambda: L.CategoryEncoding(num_tokens=5, output_mode="one_hot"), (3, 1), dtype="int32", below=5)
case("one_hot_appends", lambda: L.CategoryEncoding(num_tokens=5, output_mode="one_hot"), (3,), dtype="int32", below=5)
case("count", lambda: L.CategoryEncoding(num_tokens=5, output_mode="count"), (6,), dtype="int32", below=5)
graph("count_weights", lambda x, w: L.CategoryEncoding(num_tokens=5, output_mode="count")(x, count_weights=w), (6,), (6,), dtype=["int32", "float32"], below=[5, None])
case("float_input", lambda: L.CategoryEncoding(num_tokens=5), (3,), below=5)
case("int64_input", lambda: [L.CategoryEncoding(num_tokens=5, output_mode="count"), L.Dense(3)], (4,), dtype="int64", below=5)
