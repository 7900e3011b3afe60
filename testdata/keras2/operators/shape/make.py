"""Records the fixtures of operations on shapes; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import keras, recorder, tf

_, graph = recorder(__file__)
graph("reshape", lambda x: [tf.reshape(x, (-1, 12)), tf.reshape(x, [-1, 2, 6])], (3, 4))
graph("batch_merged", lambda x: tf.reshape(x, (-1, 4)), (3, 4))
graph("reshape_by_shape", lambda x: tf.reshape(x, [tf.shape(x)[0], 12]), (3, 4))
graph("transpose", lambda x: [tf.transpose(x, (0, 2, 1, 3)), tf.transpose(x, [0, 3, 1, 2])], (3, 4, 2))
graph("batch_transpose", lambda x: tf.transpose(x), (3, 4))
graph("expand_squeeze", lambda x: [tf.expand_dims(x, 1), tf.expand_dims(x, -1), tf.squeeze(tf.expand_dims(x, 2), axis=2)], (3, 4))
graph("squeeze_axes", lambda x: [tf.squeeze(x, axis=1), tf.squeeze(x, axis=[1, 3])], (1, 4, 1))
graph("concat", lambda x, y: [tf.concat([x, y], axis=1), tf.concat([x, y, x], -2)], (3, 4), (2, 4))
graph("stack", lambda x, y: [tf.stack([x, y], axis=1), tf.stack([x, y, x], axis=-1)], (3, 4), (3, 4))
graph("unstack", lambda x: list(tf.unstack(x, axis=1)), (3, 4))
graph("split", lambda x: list(tf.split(x, 3, axis=1)), (6, 2))
graph("split_sizes", lambda x: list(tf.split(x, [1, 3, 2], axis=-1)), (2, 6))
graph("tile", lambda x: tf.tile(x, [1, 2, 3]), (3, 4))
graph("repeat", lambda x: [tf.repeat(x, 3, axis=1), tf.repeat(x, [1, 2, 3], axis=1)], (3, 4))
graph("reverse", lambda x: [tf.reverse(x, [1]), tf.reverse(x, [1, 2])], (3, 4))
graph("roll", lambda x: [tf.roll(x, 1, axis=1), tf.roll(x, shift=[1, -2], axis=[1, 2])], (3, 4))
graph("pad", lambda x: [tf.pad(x, [[0, 0], [1, 2], [0, 1]]), tf.pad(x, [[0, 0], [1, 1], [2, 0]], constant_values=1.5)], (3, 4))
graph("pad_modes", lambda x: [tf.pad(x, [[0, 0], [1, 2], [2, 1]], mode="REFLECT"), tf.pad(x, [[0, 0], [1, 2], [2, 1]], mode="SYMMETRIC")], (4, 4))
graph("batch_2_broadcast_to", lambda x: tf.broadcast_to(x, (2, 3, 4)), (1, 4))
graph("likes", lambda x: [x + tf.ones_like(x), tf.zeros_like(x) - x], (3, 4))
graph("band_part", lambda x: [tf.linalg.band_part(x, -1, 0), tf.linalg.band_part(x, 1, 2)], (4, 4))
graph("batch_flatten", lambda x: keras.backend.batch_flatten(x), (3, 4))
graph("permute_dimensions", lambda x: keras.backend.permute_dimensions(x, (0, 2, 1)), (3, 4))
