"""Records the fixtures of products and gathering; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras2 import keras, recorder, tf

_, graph = recorder(__file__)
graph("matmul", lambda x, y: [tf.matmul(x, y), x @ y], (3, 4), (4, 5))
graph("matmul_transposed", lambda x, y: tf.matmul(x, y, transpose_b=True), (3, 4), (5, 4))
graph("matmul_transposed_first", lambda x, y: tf.matmul(x, y, transpose_a=True), (4, 3), (4, 5))
graph("matmul_constant", lambda x: tf.matmul(x, tf.constant(np.arange(20, dtype="float32").reshape(4, 5) / 10)), (4,))
graph("tensordot", lambda x: tf.tensordot(x, tf.constant(np.arange(8, dtype="float32").reshape(4, 2) / 4), axes=1), (3, 4))
graph("batch_dot", lambda x, y: keras.backend.batch_dot(x, y, axes=(2, 1)), (3, 4), (4, 5))
graph("gather", lambda x: [tf.gather(x, [2, 0, 2], axis=1), tf.gather(x, 1, axis=-1)], (5, 4))
graph("gather_batch_dims", lambda x, i: tf.gather(x, i, axis=1, batch_dims=1), (5, 4), (3,), dtype=["float32", "int32"], below=[None, 5])
graph("embedding_lookup", lambda i: tf.nn.embedding_lookup(tf.constant(np.arange(15, dtype="float32").reshape(5, 3) / 7), i), (4,), dtype="int32", below=5, reload=False)
graph("one_hot", lambda i: tf.one_hot(i, 5), (4,), dtype="int32", below=5)
