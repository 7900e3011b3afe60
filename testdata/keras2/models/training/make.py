"""Records models whose calls state training=True, so that a batch is normalized by its own statistics; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, keras, recorder
from training_networks import record_networks

_, graph = recorder(__file__)
block = record_networks(graph, keras, L, prefix="batch_")
graph("batch_vectors", lambda x: L.BatchNormalization(epsilon=0.1)(L.Dense(4)(x), training=True), (5,))
graph("batch_axis_1", lambda x: L.BatchNormalization(axis=1, scale=False)(x, training=True), (3, 4, 5))
graph("batch_axes", lambda x: L.BatchNormalization(axis=[1, 3])(x, training=True), (3, 4, 5))
graph("inference", lambda x: block(0.5)(x, training=False), (6, 5, 3))
