"""Records the fixtures of losses in the graph; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("binary", lambda x, y: [ops.binary_crossentropy(ops.sigmoid(x), ops.sigmoid(y)), ops.binary_crossentropy(ops.sigmoid(x), y, from_logits=True)], (4, 3), (4, 3))
graph("categorical", lambda x, y: [ops.categorical_crossentropy(ops.softmax(x), ops.softmax(y)), ops.categorical_crossentropy(ops.softmax(x, axis=1), y, from_logits=True, axis=1)], (4, 3), (4, 3))
graph("sparse", lambda x, y: [ops.sparse_categorical_crossentropy(x, ops.softmax(y)), ops.sparse_categorical_crossentropy(x, y, from_logits=True)], (4,), (4, 3), dtype=["int32", "float32"], below=[3, None])
