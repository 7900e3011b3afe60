"""Records the fixtures of comparisons with tables; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("tables", lambda x: [ops.digitize(x, np.array([-1.0, 0.0, 1.0], "float32")), ops.searchsorted(np.array([-1.0, 0.0, 1.0], "float32"), x), ops.searchsorted(np.array([-1.0, 0.0, 1.0], "float32"), x, side="right")], (9,))
graph("members", lambda x: [ops.isin(x, [1, 3]), ops.isin(x, [1, 3], invert=True)], (9,), dtype="int32", below=6)
graph("segments", lambda x: [f(ops.transpose(x), np.array([0, 0, 1, 3]), num_segments=4) for f in (ops.segment_sum, ops.segment_prod)] + [f(ops.transpose(x), np.array([0, 1, 1, 2]), num_segments=3) for f in (ops.segment_max, ops.segment_min)], (4,))
graph("distances", lambda x, y: ops.cdist(x, y), (5, 3), (4, 3))
graph("top", lambda x, y: ops.in_top_k(y[:, 0], x, 2), (6,), (1,), dtype=["float32", "int32"], below=[None, 6], minimum_std=-1)
graph("close", lambda x: [ops.isclose(x, ops.round(x), atol=0.2), ops.signbit(x)], (5, 4))
