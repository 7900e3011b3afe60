"""Records the fixtures of diagonals and matrices; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("diagonal", lambda x: [ops.diagonal(x, axis1=1, axis2=2), ops.diagonal(x, offset=1, axis1=1, axis2=2), ops.diagonal(x, offset=-1, axis1=2, axis2=1)], (4, 5))
graph("trace", lambda x: [ops.trace(x, axis1=1, axis2=2), ops.trace(x, offset=-1, axis1=-2, axis2=-1)], (4, 5))
graph("turned", lambda x: [ops.rot90(x, axes=(1, 2)), ops.rot90(x, k=3, axes=(2, 1)), ops.fliplr(x)], (4, 5))
graph("cross", lambda x, y: ops.cross(x, y), (4, 3), (4, 3))
graph("batch_from_vector", lambda x: [ops.diag(x[0]), ops.diag(x[1], k=-1), ops.kron(x[:, :2], x[:, 2:4]), ops.corrcoef(x), ops.vander(x[0], 3)], (5,))
