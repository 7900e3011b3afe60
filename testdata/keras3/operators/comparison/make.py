"""Records the fixtures of comparisons, logic and selection; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("with_scalar", lambda x: [x > 0.3, x >= 0.3, x < 0.3, x <= 0.3], (5, 4))
graph("scalar_first", lambda x: [ops.greater(0.3, x), ops.less_equal(-0.2, x)], (5, 4))
graph("of_tensors", lambda x, y: [ops.greater(x, y), ops.less(x, y), ops.greater_equal(x, y), ops.less_equal(x, y)], (5, 4), (5, 4))
graph("equal", lambda x, y: [ops.equal(x, y), ops.not_equal(x, y), ops.equal(x, 2)], (6, 4), (6, 4), dtype="int32", below=3)
graph("logic", lambda x, y: [ops.logical_and(x > 0, y > 0), ops.logical_or(x > 0, y > 0), ops.logical_xor(x > 0, y > 0), ops.logical_not(x > 0)], (6, 4), (6, 4))
graph("operators", lambda x, y: [(x > 0) & (y > 0), (x > 0) | (y > 0), ~(x > 0)], (6, 4), (6, 4))
graph("bool_inputs", lambda x, y: [ops.logical_and(x, y), ops.logical_or(x, y), ops.cast(x, "float32")], (6, 4), (6, 4), dtype="bool")
graph("where", lambda x, y: [ops.where(x > 0, x, y), ops.where(x > 0, x, 0.0), ops.where(x > 0, -1.0, x)], (5, 4), (5, 4))
graph("where_broadcast", lambda x, m: ops.where(m, x, x * 0.1), (5, 4), (5, 1), dtype=["float32", "bool"])
graph("maximum_minimum", lambda x, y: [ops.maximum(x, y), ops.minimum(x, y), ops.maximum(x, 0.2), ops.minimum(0.2, x)], (5, 4), (5, 4))
graph("clip", lambda x: [ops.clip(x, -0.5, 0.8), ops.clip(x, 0.0, 6.0)], (5, 4), scale=3.0)
graph("any_all", lambda x: [ops.any(x > 1.0, axis=1), ops.all(x > -1.0, axis=-1, keepdims=True)], (8, 4))
graph("finite_and_nan", lambda x: [ops.where(ops.isfinite(ops.log(x)), x, 0.5), ops.isnan(ops.sqrt(x))], (5, 4))
graph("mask_from_comparison", lambda x: x * ops.cast(x > 0.0, "float32"), (5, 4))
