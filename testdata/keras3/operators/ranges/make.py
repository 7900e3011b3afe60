"""Records the fixtures of ranges and differences; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("between", lambda x, y: [ops.linspace(x, y, 5), ops.linspace(x, 2.0, 4, axis=1), ops.logspace(x, y, 3, axis=-1), ops.linspace(x, y, 4, endpoint=False)], (3, 4), (3, 4))
graph("geometric", lambda x, y: ops.geomspace(ops.exp(x), ops.exp(y), 4), (3, 4), (3, 4))
graph("differences", lambda x: [ops.diff(x), ops.diff(x, n=2, axis=1), ops.trapezoid(x, axis=1), ops.trapezoid(x, dx=0.5)], (5, 4))
graph("correlation", lambda x, y: [ops.correlate(x[0], y[0], mode=m) for m in ("valid", "same", "full")], (8,), (3,))
graph("grid", lambda x, y: list(ops.meshgrid(x[0], y[0])) + list(ops.meshgrid(x[0], y[0], indexing="ij")), (4,), (3,))
graph("linspace_type", lambda x, y: [ops.cast(ops.linspace(x * 9.7, y * 9.7, 5, dtype="int32"), "int32"), ops.cast(ops.linspace(x * 9.7, y * 9.7, 4, endpoint=False, dtype="int32"), "int32")], (4,), (4,))
