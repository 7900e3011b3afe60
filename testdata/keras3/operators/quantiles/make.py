"""Records the fixtures of quantiles; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("linear", lambda x: [ops.quantile(x, 0.3, axis=1), ops.quantile(x, [0.2, 0.5, 0.9], axis=-1), ops.percentile(x, 30, axis=1, keepdims=True)], (7, 5))
graph("method_unheeded", lambda x: ops.quantile(x, 0.3, axis=1, method="lower"), (7, 5))
graph("two_axes", lambda x: ops.quantile(x, 0.6, axis=(1, 2)), (3, 4, 5))
