"""Records the fixtures of Dense; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.Dense(5), (4,), parts=True, whole=True)
case("rank3", lambda: L.Dense(5, activation="relu"), (3, 4))
case("rank4_no_bias", lambda: L.Dense(5, use_bias=False), (2, 3, 4))
case("free_length", lambda: L.Dense(5, activation="tanh"), (-6, 4))
case("softmax", lambda: L.Dense(5, activation="softmax"), (4,))
case("hard_sigmoid", lambda: L.Dense(5, activation="hard_sigmoid"), (4,))
case("gelu", lambda: L.Dense(5, activation="gelu"), (4,))
case("leaky_relu", lambda: L.Dense(5, activation="leaky_relu"), (4,))
case("activation_layer", lambda: L.Dense(5, activation=L.LeakyReLU(negative_slope=0.1)), (4,))
case("lora", lambda: L.Dense(5, lora_rank=2), (4,))
