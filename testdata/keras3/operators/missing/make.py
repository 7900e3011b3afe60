"""Records the fixtures of functions that leave out what is no number; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
def gaps(x):
    return ops.sqrt(x)


graph("reductions", lambda x: [f(gaps(x), axis=1) for f in (ops.nansum, ops.nanmean, ops.nanprod, ops.nanstd, ops.nanvar)], (12, 4))
graph("extremes", lambda x: [f(gaps(x), axis=-1, keepdims=True) for f in (ops.nanmax, ops.nanmin)], (4, 12))
graph("places", lambda x: [ops.nanargmax(gaps(x), axis=1), ops.nanargmin(gaps(x), axis=1)], (12, 4))
graph("running", lambda x: [ops.nancumsum(gaps(x), axis=1), ops.nancumprod(gaps(x), axis=1)], (5, 4))
graph("quantiles", lambda x: [ops.nanmedian(gaps(x), axis=1), ops.nanquantile(gaps(x), 0.3, axis=1), ops.nanpercentile(gaps(x), [20, 50, 80], axis=1)], (12, 4))
graph("replaced", lambda x: [ops.nan_to_num(gaps(x)), ops.nan_to_num(x / ops.relu(x), nan=1.0, posinf=2.0, neginf=-3.0)], (5, 4))
graph("chosen", lambda x, y: [ops.fmax(gaps(x), y), ops.fmin(y, gaps(x))], (5, 4), (5, 4))
