"""Records functions of TensorFlow whose arguments follow from shapes; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, np, recorder, tf


def pyramid(x):
    """The upsampling of feature pyramids."""
    a = L.Conv2D(4, 3, strides=2, padding="same")(x)
    b = L.Conv2D(4, 3, strides=2, padding="same")(a)
    u = tf.image.resize(b, tf.shape(a)[1:3], method="nearest")
    v = tf.image.resize(b, tf.shape(a)[1:-1])
    return L.Concatenate()([u, v, a])


def tokens(x):
    """Learned positions and a class token."""
    positions = L.Embedding(10, 8)(tf.range(0, tf.shape(x)[1]))
    e = L.Embedding(20, 8)(x) + positions
    token = tf.constant(np.linspace(-1, 1, 8, dtype="float32").reshape(1, 1, 8))
    token = tf.tile(token, [tf.shape(e)[0], 1, 1])
    return L.Dense(3)(tf.concat([token, e], 1))


def slices(x):
    s = tf.shape(x)
    half = tf.cast(tf.cast(s[1], tf.float32) * 0.5, tf.int32)
    return [
        x[:, : s[1] // 2, 1 : s[2] - 1],
        tf.slice(x, [0, 0, 0, 0], [s[0], half, -1, 2]),
        x[:, -half:],
    ]


def creation(x):
    s = tf.shape(x)
    return [
        x + tf.zeros([s[0], s[1], 4]),
        x * tf.ones((s[0], 1, 4)),
        x - tf.fill([s[0], s[1], 1], 2.0),
        x + tf.range(s[1], dtype=tf.float32)[None, :, None],
        x + tf.linspace(0.0, 1.0, s[1])[None, :, None],
    ]


def moves(x, y):
    s = tf.shape(x)
    return [
        tf.reshape(x, [-1, s[1] * s[2], 4]),
        tf.reshape(x, tf.concat([s[:1], [tf.reduce_prod(s[1:])]], 0)),
        tf.tile(y, [1, s[2] // 2, 1]),
        tf.pad(y, [[0, 0], [0, s[1] - tf.shape(y)[1]], [0, 0]]),
        tf.image.resize(x, (s[1] * 2, s[2] * 3)),
        tf.repeat(y, s[2] // 3, axis=1),
        tf.broadcast_to(tf.constant([1.0, 2.0, 3.0]), [s[0], 2, 3]) + y[:, :2],
        tf.one_hot(tf.cast(tf.abs(y[:, :, 0]) * 2, tf.int32), s[3]),
    ]


_, graph = recorder(__file__)
graph("pyramid", pyramid, (15, 18, 3))
graph("tokens", tokens, (6,), dtype="int32", below=20)
graph("slices", slices, (8, 6, 4))
graph("creation", creation, (5, 4))
graph("moves", moves, (8, 6, 4), (5, 3))
