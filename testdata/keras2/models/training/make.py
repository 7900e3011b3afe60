"""Records models whose calls state training=True, so that a batch is normalized by its own statistics; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, keras, recorder

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


graph("batch_images", images, (8, 7, 3))
graph("batch_vectors", lambda x: L.BatchNormalization(epsilon=0.1)(L.Dense(4)(x), training=True), (5,))
graph("batch_axis_1", lambda x: L.BatchNormalization(axis=1, scale=False)(x, training=True), (3, 4, 5))
graph("batch_nested", lambda x: block(0.0)(x, training=True), (6, 5, 3))
graph("batch_axes", lambda x: L.BatchNormalization(axis=[1, 3])(x, training=True), (3, 4, 5))
graph("frozen", lambda x: frozen()(L.Conv2D(4, 3)(x), training=True), (6, 5, 3))
graph("inference", lambda x: block(0.5)(x, training=False), (6, 5, 3))
graph("batch_steps", lambda x: L.TimeDistributed(L.BatchNormalization())(x, training=True), (3, 4, 4, 2))
