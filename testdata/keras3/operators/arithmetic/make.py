"""Records the fixtures of arithmetic on Keras tensors; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import L, ops, recorder

_, graph = recorder(__file__)
graph("scalar_right", lambda x: [x + 2.0, x - 2.0, x * 3.0, x / 4.0], (3, 4))
graph("scalar_left", lambda x: [2.0 + x, 2.0 - x, 3.0 * x], (3, 4))
graph("scalar_divided", lambda x: 2.0 / (ops.abs(x) + 0.5), (3, 4))
graph("tensors", lambda x, y: [x + y, x - y, x * y, x / (ops.abs(y) + 0.5)], (3, 4), (3, 4))
graph("broadcast", lambda x, y: [x + y, y - x, x * y], (3, 4), (1, 4))
graph("negative_and_abs", lambda x: [-x, abs(x)], (3, 4))
graph("powers", lambda x: [x**2, x**3, ops.power(ops.abs(x), 0.5)], (3, 4))
graph("power_of_tensors", lambda x, y: ops.power(ops.abs(x) + 0.1, y), (3, 4), (3, 4))
graph("scalar_to_power", lambda x: 2.0**x, (3, 4))
graph("floor_and_mod", lambda x: [x // 0.7, x % 0.7, ops.mod(x, -0.7), ops.floor_divide(2.0, ops.abs(x) + 0.3)], (6, 4))
graph("floor_and_mod_of_tensors", lambda x, y: [x // y, x % y], (6, 4), (6, 4))
graph("divide_no_nan", lambda x, y: ops.divide_no_nan(x, y), (3, 4), (3, 4), zeros=[(0, 1)])
graph("constant_array", lambda x: [x + np.array([1.0, -2.0, 0.5, 0.0], "float32"), ops.multiply(np.array([[0.5], [2.0], [1.0]], "float32"), x)], (3, 4))
graph("subtract_constant_tensor", lambda x: [ops.subtract(ops.convert_to_tensor([1.0, 2.0, 3.0, 4.0]), x), ops.divide(x, np.array([1.0, 2.0, 3.0, 4.0], "float32"))], (3, 4))
graph("named_functions", lambda x, y: [ops.add(x, y), ops.subtract(x, 1.0), ops.multiply(2.0, x), ops.true_divide(x, 3.0)], (3, 4), (3, 4))
graph("integers", lambda x, y: [x + y, x * 3, x - y, x // 4, x % 3, -x], (3, 4), (3, 4), dtype="int32", below=20)
graph("integers_divided", lambda x: x / 4, (3, 4), dtype="int32", below=20)
graph("integers_and_floats", lambda x, y: [x + y, x * 0.5], (3, 4), (3, 4), dtype=["int32", "float32"], below=[20, None])
graph("same_tensor_twice", lambda x: [x * x, x + x], (3, 4))
graph("with_layers", lambda x: L.Dense(3)((L.Dense(4, activation="relu")(x) + x) * 0.5 - 1.0), (4,), parts=True, whole=True)
graph("affine_chain", lambda x: (x / 127.5 - 1.0) * 2.0 + 0.5, (3, 4), scale=60.0)
graph("reciprocal_square", lambda x: [ops.reciprocal(ops.abs(x) + 0.5), ops.square(x), ops.negative(x)], (3, 4))
