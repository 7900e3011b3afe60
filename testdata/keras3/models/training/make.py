"""Records models whose calls state training=True, to which Keras 3 does not keep when a model predicts; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, keras, recorder

_, graph = recorder(__file__)


def block(rate):
    x = a = keras.Input((6, 5, 3))
    x = L.BatchNormalization()(L.Conv2D(4, 3)(x))
    x = L.BatchNormalization()(L.ReLU()(x), training=False)
    return keras.Model(a, L.Dropout(rate)(x), name="block")


def frozen():
    layer = L.BatchNormalization()
    layer.trainable = False
    return layer


def images(x):
    return L.LeakyReLU()(L.BatchNormalization()(L.Conv2D(4, 3, strides=2)(x), training=True))


graph("images", images, (8, 7, 3))
graph("nested", lambda x: block(0.0)(x, training=True), (6, 5, 3))
graph("frozen", lambda x: frozen()(L.Conv2D(4, 3)(x), training=True), (6, 5, 3))
graph("steps", lambda x: L.TimeDistributed(L.BatchNormalization())(x, training=True), (3, 4, 4, 2))
