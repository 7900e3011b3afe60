"""Records the fixtures of updates of elements; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("slice", lambda x, y: ops.slice_update(x, (0, 1, 2), y), (4, 6), (2, 3))
graph("batch_scatter_update", lambda x: ops.scatter_update(x, [[0, 1], [1, 2]], [1.5, -2.5]), (4,))
graph("scatter", lambda x: ops.scatter(np.array([[0], [2], [2], [4]]), x[0], (6,)), (4,))
graph("joined", lambda x, y: [ops.append(x, y, axis=1), ops.dstack([x, y]), *ops.array_split(x, 3, axis=2), *ops.hsplit(y, 2)], (4, 5), (4, 5))
