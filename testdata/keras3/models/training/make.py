"""Records models whose calls state training=True, to which Keras 3 does not keep when a model predicts; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, keras, recorder
from training_networks import record_networks

_, graph = recorder(__file__)
record_networks(graph, keras, L)
