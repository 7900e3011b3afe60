"""Records the fixtures of the layers of the ConvNeXt networks; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

from tf_keras.src.applications.convnext import LayerScale, StochasticDepth


def block(x):
    y = L.DepthwiseConv2D(3, padding="same")(x)
    y = L.Dense(4)(L.Dense(8, activation="gelu")(L.LayerNormalization(epsilon=1e-6)(y)))
    return x + StochasticDepth(0.2)(LayerScale(1e-6, 4)(y))


_, graph = recorder(__file__)
graph("scaled", lambda x: LayerScale(0.5, 6)(x), (4, 5, 6), reload=False)
graph("stochastic_depth", lambda x: StochasticDepth(0.3)(x), (4, 5, 6), reload=False)
graph("block", block, (6, 5, 4), reload=False)
