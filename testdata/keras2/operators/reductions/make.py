"""Records the fixtures of reductions; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import recorder, tf

_, graph = recorder(__file__)
graph("sum_mean", lambda x: [tf.reduce_sum(x, axis=1), tf.reduce_mean(x, axis=[1, 2], keepdims=True), tf.reduce_mean(x, -1)], (3, 4))
graph("max_min_prod", lambda x: [tf.reduce_max(x, axis=1), tf.reduce_min(x, axis=-1, keepdims=True), tf.reduce_prod(x, axis=2)], (3, 4))
graph("batch_axis", lambda x: [tf.reduce_mean(x, axis=0), tf.reduce_sum(x, axis=[0, 1])], (3, 4))
graph("batch_everything", lambda x: tf.stack([tf.reduce_sum(x), tf.reduce_mean(x)]), (3, 4))
graph("variance", lambda x: [tf.math.reduce_variance(x, axis=1), tf.math.reduce_std(x, axis=-1, keepdims=True)], (4, 5))
graph("logsumexp", lambda x: tf.reduce_logsumexp(x, axis=-1, keepdims=True), (4, 5), scale=4.0)
graph("argmax", lambda x: [tf.argmax(x, axis=1), tf.argmin(x, axis=-1), tf.argmax(x, axis=-1, output_type=tf.int32)], (5, 4))
graph("cumsum", lambda x: [tf.cumsum(x, axis=1), tf.cumsum(x, axis=-1, exclusive=True), tf.cumsum(x, axis=1, reverse=True)], (5, 4))
graph("top_k", lambda x: list(tf.math.top_k(x, k=3)), (4, 7))
graph("norm", lambda x: [tf.norm(x, axis=-1), tf.norm(x, ord=1, axis=1, keepdims=True), tf.math.l2_normalize(x, axis=-1)], (5, 4))
