"""Records the fixtures of functions of bits; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("tensors", lambda x, y: [ops.bitwise_and(x - 40, y), ops.bitwise_or(x - 40, y - 30), ops.bitwise_xor(x, y - 50), ops.bitwise_not(x)], (5, 4), (5, 4), dtype="int32", below=100)
graph("shifts", lambda x, y: [ops.left_shift(x, y), ops.right_shift(x - 50, y)], (5, 4), (5, 4), dtype="int32", below=[100, 6])
