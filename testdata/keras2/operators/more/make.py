"""Records the fixtures of rarer functions of TensorFlow; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras2 import keras, recorder, tf

_, graph = recorder(__file__)
K = keras.backend
rng = np.random.default_rng(1)


def kernel(*shape):
    return rng.normal(size=shape).astype("float32")


graph("bits", lambda x, y: [tf.bitwise.bitwise_and(x, y), tf.bitwise.bitwise_or(x, y - 30), tf.bitwise.bitwise_xor(x - 9, y), tf.bitwise.invert(x)], (5, 4), (5, 4), dtype="int32", below=100)
graph("matrices", lambda x: [tf.linalg.diag(x), tf.linalg.diag_part(x), tf.linalg.trace(x), tf.linalg.matrix_transpose(x)], (4, 4))
graph("products", lambda x, y: [tf.linalg.matmul(x, y, adjoint_a=True), tf.linalg.matvec(x, y[:, 0]), tf.linalg.cross(x[..., :3], y[..., :3])], (4, 4), (4, 4))
graph("without_nan", lambda x, y: [tf.math.multiply_no_nan(x, y), tf.math.xdivy(x, y), tf.math.xlogy(x, tf.abs(y)), tf.math.reciprocal_no_nan(tf.abs(x) + 0.5)], (5, 4), (5, 4))
graph("norms", lambda x: [tf.math.reduce_euclidean_norm(x, axis=1), tf.clip_by_norm(x, 1.5, axes=[2])], (5, 4))
graph("fractions", lambda x: [tf.math.rint(x), tf.math.erfinv(tf.tanh(x)), tf.math.bessel_i0(x)], (5, 4))
graph("running_products", lambda x: [tf.math.cumprod(x, axis=1, exclusive=True), tf.math.cumprod(x, axis=1, reverse=True), tf.math.cumprod(x, axis=2, exclusive=True, reverse=True)], (5, 4))
graph("swish", lambda x: [tf.nn.silu(x, beta=2.0), tf.nn.swish(x)], (5, 4))
graph("gather_nd", lambda x, i: [tf.gather_nd(x, i, batch_dims=1), tf.gather_nd(kernel(4, 4, 3), tf.concat([i, i], -1))], (4, 5), (6, 1), dtype=["float32", "int32"], below=[None, 4])
graph("pools", lambda x: [tf.nn.max_pool1d(x, 2, 2, "VALID"), tf.nn.avg_pool1d(x, 3, 1, "SAME")], (8, 3))
graph("volume_pools", lambda x: [tf.nn.max_pool3d(x, 2, 2, "VALID"), tf.nn.avg_pool3d(x, 2, 2, "SAME")], (4, 5, 6, 2))
graph("separable", lambda x: tf.nn.separable_conv2d(x, kernel(3, 3, 3, 2), kernel(1, 1, 6, 4), [1, 1, 1, 1], "SAME"), (7, 6, 3))
graph("convolutions", lambda x: [K.conv2d(x, K.constant(kernel(3, 3, 3, 4)), padding="same"), tf.nn.convolution(x, kernel(2, 2, 3, 2), padding="VALID")], (7, 6, 3))
graph("sequence", lambda x: [tf.nn.conv1d(x, kernel(3, 4, 5), 1, "SAME"), K.conv1d(x, K.constant(kernel(2, 4, 3)))], (9, 4))
graph("volume", lambda x: tf.nn.conv3d(x, kernel(2, 2, 2, 3, 4), [1, 1, 1, 1, 1], "VALID"), (4, 5, 6, 3))
graph("losses", lambda x, y: [tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.sigmoid(x), logits=y), tf.nn.softmax_cross_entropy_with_logits(labels=tf.nn.softmax(x), logits=y), K.binary_crossentropy(tf.sigmoid(x), tf.sigmoid(y)), K.categorical_crossentropy(K.softmax(x), K.softmax(y))], (4, 3), (4, 3))
graph("sparse_loss", lambda x, y: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=x, logits=y), (4,), (4, 3), dtype=["int32", "float32"], below=[3, None])
graph("images", lambda x: [tf.image.rot90(x), tf.image.transpose(x), tf.image.central_crop(x, 0.5), tf.image.resize_with_crop_or_pad(x, 9, 4), tf.image.grayscale_to_rgb(x[..., :1])], (6, 8, 3))
graph("colors", lambda x: [tf.image.rgb_to_hsv(tf.sigmoid(x)), tf.image.hsv_to_rgb(tf.sigmoid(x)), tf.image.adjust_brightness(x, 0.2), tf.image.adjust_contrast(x, 1.5), tf.image.adjust_gamma(tf.abs(x), 0.7, 1.2)], (6, 8, 3))
graph("first_axis", lambda x: [x[None], tf.slice(x, [0, 1, 2], [-1, 2, -1])], (4, 5))
graph("reverse_sequence", lambda x, n: [tf.reverse_sequence(x, n, seq_axis=1, batch_axis=0), tf.reverse_sequence(x, [2, 5, 0, 3], seq_axis=1, batch_axis=2)], (5, 4), (), dtype=["float32", "int32"], below=[None, 6])
