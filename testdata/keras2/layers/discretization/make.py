"""Records the fixtures of Discretization; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

_, graph = recorder(__file__)
BINS = [-1.0, 0.0, 0.7]
graph("int", lambda x: L.Discretization(bin_boundaries=BINS)(x), (6,))
graph("int_embedding", lambda x: L.Embedding(4, 3)(L.Discretization(bin_boundaries=BINS)(x)), (6,))
graph("one_hot", lambda x: L.Discretization(bin_boundaries=BINS, output_mode="one_hot")(x), (1,), scale=3.0)
graph("multi_hot", lambda x: L.Discretization(bin_boundaries=BINS, output_mode="multi_hot")(x), (3,))
graph("count", lambda x: L.Discretization(bin_boundaries=BINS, output_mode="count")(x), (6,))
