"""Records the fixtures of Discretization; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import L, recorder

case, _ = recorder(__file__)
case("int", lambda: L.Discretization(bin_boundaries=[-1.0, 0.0, 0.7]), (6,))
case("int_rank3_dense", lambda: [L.Discretization(bin_boundaries=[-1.0, 0.0, 0.7]), L.Embedding(4, 3)], (6,))
case("one_hot", lambda: L.Discretization(bin_boundaries=[-1.0, 0.0, 0.7], output_mode="one_hot"), (1,), scale=3.0)
case("multi_hot", lambda: L.Discretization(bin_boundaries=[-1.0, 0.0, 0.7], output_mode="multi_hot"), (3,))
case("count", lambda: L.Discretization(bin_boundaries=[-1.0, 0.0, 0.7], output_mode="count"), (6,))
case("adapted", lambda: L.Discretization(num_bins=4), (6,), adapt=np.linspace(-2, 2, 50).astype("float32").reshape(50, 1))
case("multi_hot_rank3", lambda: L.Discretization([-0.5, 0.5], output_mode="multi_hot"), (4, 5))
