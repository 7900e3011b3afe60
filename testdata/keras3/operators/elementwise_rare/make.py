"""Records the fixtures of rarer functions of each element; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("angles", lambda x: [ops.deg2rad(x), ops.rad2deg(x), ops.sinc(x), ops.angle(x)], (5, 4), minimum_std=0)
graph("roots", lambda x: [ops.cbrt(x), ops.i0(x), ops.erfinv(ops.tanh(x))], (5, 4))
graph("pairs", lambda x, y: [ops.fmod(x, y), ops.logaddexp2(x, y)], (5, 4), (5, 4))
graph("scaled", lambda x, y: ops.ldexp(x, y), (5, 4), (5, 4), dtype=["float32", "int32"], below=[None, 5])
graph("limits", lambda x: [ops.max(x, axis=1, initial=0.5), ops.min(x, axis=1, initial=0.0)], (5, 4))
graph("sparsemax", lambda x: [ops.sparsemax(x), ops.sparsemax(x, axis=1)], (5, 4))
