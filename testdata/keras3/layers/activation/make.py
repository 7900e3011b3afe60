"""Records the fixtures of Activation, and of activations given as string, object or layer; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
NAMES = (
    "celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear "
    "log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign "
    "sparse_plus sparse_sigmoid sparsemax squareplus swish hard_swish tanh tanh_shrink"
).split()
for name in NAMES:
    case(name, lambda: L.Activation(name), (4, 6), scale=2.0)
for name in "sigmoid tanh softplus log_sigmoid gelu silu mish selu celu softmax log_softmax squareplus".split():
    case(f"{name}_large", lambda: L.Activation(name), (12, 6), scale=60.0)
case("conv2d_softmax", lambda: L.Conv2D(3, 2, activation="softmax"), (4, 4, 2))
case("conv2d_glu", lambda: L.Conv2D(4, 2, activation="mish"), (4, 4, 2))
case("object_re_lu", lambda: L.Activation(L.ReLU(max_value=1.5, negative_slope=0.2)), (4, 5))
case("object_elu", lambda: L.Dense(5, activation=L.ELU(alpha=0.4)), (6,))
case("object_softmax", lambda: L.Conv2D(3, 2, activation=L.Softmax(axis=1)), (4, 5, 2))
case("dense_sparsemax", lambda: L.Dense(6, activation="sparsemax"), (4,))
