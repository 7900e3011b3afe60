"""Records the fixtures of arithmetic operators of Keras 2 tensors; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import keras, L, recorder, tf

_, graph = recorder(__file__)
graph("scalar_right", lambda x: [x + 2.0, x - 2.0, x * 3.0, x / 4.0], (3, 4))
graph("scalar_left", lambda x: [2.0 + x, 2.0 - x, 3.0 * x, 2.0 / (tf.abs(x) + 0.5)], (3, 4))
graph("tensors", lambda x, y: [x + y, x - y, x * y, x / (tf.abs(y) + 0.5)], (3, 4), (3, 4))
graph("broadcast", lambda x, y: [x + y, y - x, x * y], (3, 4), (1, 4))
graph("negative_abs", lambda x: [-x, abs(x)], (3, 4))
graph("powers", lambda x: [x**2, tf.pow(x, 3.0), 2.0**x, tf.square(x)], (3, 4))
graph("power_of_tensors", lambda x, y: tf.pow(tf.abs(x) + 0.1, y), (3, 4), (3, 4))
graph("floor_and_mod", lambda x, y: [x // 0.7, x % 0.7, x // y, tf.math.floormod(x, y)], (4, 4), (4, 4))
graph("divide_no_nan", lambda x, y: tf.math.divide_no_nan(y, x), (3, 4), (3, 4), zeros=[(0, 1)])
graph("named_functions", lambda x, y: [tf.add(x, y), tf.subtract(x, y), tf.multiply(x, y), tf.divide(x, 3.0)], (3, 4), (3, 4))
graph("add_n", lambda x, y: tf.add_n([x, y, x]), (3, 4), (3, 4))
graph("maximum_minimum", lambda x, y: [tf.maximum(x, y), tf.minimum(x, 0.2), tf.maximum(0.1, y)], (3, 4), (3, 4))
graph("squared_difference", lambda x, y: tf.math.squared_difference(x, y), (3, 4), (3, 4))
graph("constant_array", lambda x: [x + tf.constant([1.0, -2.0, 0.5, 0.0]), tf.constant([[0.5], [2.0], [1.0]]) * x], (3, 4))
graph("integers", lambda x, y: [x + y, x * 3, x - y, x // 4, x % 3, -x], (3, 4), (3, 4), dtype="int32", below=20)
graph("with_layers", lambda x: L.Dense(3)((L.Dense(4, activation="relu")(x) + x) * 0.5 - 1.0), (4,))
graph("backend", lambda x: [keras.backend.clip(x, -0.5, 0.5), keras.backend.hard_sigmoid(x), keras.backend.square(x), keras.backend.sqrt(x * x)], (3, 4))
