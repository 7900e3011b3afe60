"""Records the fixtures of element-wise mathematics; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import recorder, tf

_, graph = recorder(__file__)
graph("exponential_logarithm", lambda x: [tf.exp(x), tf.math.log(tf.abs(x) + 0.1), tf.math.log1p(tf.abs(x)), tf.math.expm1(x)], (5, 4))
graph("roots", lambda x: (lambda y: [tf.sqrt(y), tf.math.rsqrt(y), tf.math.reciprocal(y)])(tf.abs(x) + 0.1), (5, 4))
graph("trigonometry", lambda x: [tf.sin(x), tf.cos(x), tf.tanh(x)], (5, 4), scale=2.0)
graph("rounding", lambda x: [tf.floor(x), tf.math.ceil(x), tf.round(x), tf.sign(x)], (8, 4), scale=3.0)
graph("erf", lambda x: tf.math.erf(x), (5, 4))
graph("cast", lambda x: [tf.cast(x, tf.int32), tf.cast(tf.cast(x, tf.int32), tf.float32)], (5, 4), scale=3.0)
graph("identities", lambda x: [tf.identity(x) * 2.0, tf.stop_gradient(x) + 1.0], (5, 4))
