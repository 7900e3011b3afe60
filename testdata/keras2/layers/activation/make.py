"""Records the fixtures of Activation, and of activations given as string, object or layer; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
NAMES = (
    "relu relu6 leaky_relu elu selu gelu swish silu sigmoid hard_sigmoid tanh softplus softsign "
    "exponential softmax log_softmax mish linear"
).split()
for name in NAMES:
    case(name, lambda: L.Activation(name), (4, 3, 5), scale=2.0)
for name in "sigmoid tanh softplus softmax gelu swish mish elu selu hard_sigmoid log_softmax".split():
    case(f"{name}_large", lambda: L.Activation(name), (12, 6), scale=60.0)
for name in "selu gelu softplus softsign exponential hard_sigmoid leaky_relu mish log_softmax".split():
    case(f"dense_{name}", lambda: L.Dense(5, activation=name), (6,))
for name in "gelu swish sigmoid selu leaky_relu softplus".split():
    case(f"conv2d_{name}", lambda: L.Conv2D(4, 3, activation=name), (6, 6, 3))
case("object_leaky_relu", lambda: L.Activation(L.LeakyReLU(0.1)), (4, 5))
case("object_relu", lambda: L.Conv2D(4, 3, activation=L.ReLU(max_value=1.5)), (6, 6, 3))
case("object_elu", lambda: L.Dense(5, activation=L.ELU(alpha=0.4)), (6,))
case("object_softmax", lambda: L.Conv2D(4, 3, activation=L.Softmax(axis=1)), (5, 6, 3))
case("softmax_rank2", lambda: L.Activation("softmax"), (7,))
