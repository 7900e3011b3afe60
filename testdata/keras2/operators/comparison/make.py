"""Records the fixtures of comparisons, logic and selection; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import recorder, tf

_, graph = recorder(__file__)
graph("with_scalar", lambda x: [x > 0.3, x >= 0.3, x < 0.3, x <= 0.3], (5, 4))
graph("of_tensors", lambda x, y: [tf.greater(x, y), x < y, x >= y, x <= y], (5, 4), (5, 4))
graph("equal_functions", lambda x, y: [tf.equal(x, y), tf.not_equal(x, y)], (6, 4), (6, 4), dtype="int32", below=3)
graph("logic", lambda x, y: [tf.logical_and(x > 0, y > 0), tf.logical_or(x > 0, y > 0), tf.logical_not(x > 0)], (6, 4), (6, 4))
graph("where", lambda x, y: [tf.where(x > 0, x, y), tf.where(x > 0, x, 0.1)], (5, 4), (5, 4))
graph("where_zeros", lambda x: tf.where(x > 0.2, x, tf.zeros_like(x)), (5, 4))
graph("any_all", lambda x: [tf.reduce_any(x > 1.0, axis=1), tf.reduce_all(x > -1.0, axis=-1, keepdims=True)], (8, 4))
graph("clip", lambda x: [tf.clip_by_value(x, -0.5, 0.8), tf.clip_by_value(x, 0.0, 6.0)], (5, 4), scale=3.0)
graph("mask", lambda x: x * tf.cast(x > 0.0, tf.float32), (5, 4))
graph("is_nan", lambda x: tf.where(tf.math.is_nan(tf.sqrt(x)), 0.3, x), (5, 4))
