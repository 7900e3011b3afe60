"""Records the fixtures of Dense; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("rank2", lambda: L.Dense(5), (6,))
case("rank3", lambda: L.Dense(5), (4, 6))
case("rank4", lambda: L.Dense(5), (3, 4, 6))
case("no_bias", lambda: L.Dense(5, use_bias=False), (6,))
case("one_unit", lambda: L.Dense(1), (7,))
case("one_feature", lambda: L.Dense(4), (3, 1))
for activation in ("relu", "relu6", "tanh", "sigmoid", "softmax", "elu", "swish"):
    case(f"activation_{activation}", lambda: L.Dense(5, activation=activation), (6,))
case("activation_softmax_rank3", lambda: L.Dense(5, activation="softmax"), (4, 6))
case("activation_layer", lambda: L.Dense(5, activation=L.LeakyReLU(0.15)), (6,))
