"""Records the fixtures of element-wise mathematics; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("exponentials", lambda x: [ops.exp(x), ops.expm1(x), ops.exp2(x)], (5, 4))
graph("logarithms", lambda x: (lambda y: [ops.log(y), ops.log1p(y), ops.log2(y), ops.log10(y)])(ops.abs(x) + 0.1), (5, 4))
graph("roots", lambda x: (lambda y: [ops.sqrt(y), ops.rsqrt(y)])(ops.abs(x) + 0.1), (5, 4))
graph("trigonometry", lambda x: [ops.sin(x), ops.cos(x), ops.tan(x * 0.4)], (5, 4), scale=2.0)
graph("inverse_trigonometry", lambda x: (lambda y: [ops.arcsin(y), ops.arccos(y), ops.arctan(x)])(ops.tanh(x) * 0.9), (5, 4))
graph("arctan2", lambda x, y: ops.arctan2(x, y), (5, 4), (5, 4))
graph("hyperbolic", lambda x: [ops.sinh(x), ops.cosh(x), ops.tanh(x)], (5, 4))
graph("inverse_hyperbolic", lambda x: [ops.arcsinh(x), ops.arccosh(ops.abs(x) + 1.1), ops.arctanh(ops.tanh(x) * 0.9)], (5, 4))
graph("rounding", lambda x: [ops.floor(x), ops.ceil(x), ops.round(x), ops.sign(x), ops.trunc(x)], (8, 4), scale=3.0)
graph("erf", lambda x: [ops.erf(x), ops.erfc(x)], (5, 4))
graph("cast", lambda x: [ops.cast(x, "int32"), ops.cast(ops.cast(x, "int32"), "float32"), ops.cast(ops.relu(x), "bool")], (5, 4), scale=3.0)
graph("cast_integers", lambda x: [ops.cast(x, "float32") * 0.1, ops.cast(x, "int64")], (5, 4), dtype="int32", below=50)
graph("stop_gradient", lambda x: ops.stop_gradient(x) * 2.0, (5, 4))
graph("converted", lambda x: [ops.convert_to_tensor(x * 3.7, dtype="int32"), ops.cast(ops.convert_to_tensor(x * 3.7, dtype="int32"), "float32") * 0.5, ops.convert_to_tensor(ops.relu(x), dtype="bool"), ops.array(x * 2.0, dtype="int64"), ops.convert_to_tensor(x)], (5, 4))
