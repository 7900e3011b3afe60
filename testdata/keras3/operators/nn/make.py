"""Records the fixtures of operations of neural networks; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import keras, L, ops, recorder

_, graph = recorder(__file__)
graph("relu_family", lambda x: [ops.relu(x), ops.relu6(x * 4), ops.leaky_relu(x), ops.leaky_relu(x, negative_slope=0.05), ops.elu(x), ops.elu(x, alpha=0.5)], (5, 4))
graph("selu_celu", lambda x: [ops.selu(x), ops.celu(x), ops.celu(x, alpha=0.5)], (5, 4))
graph("sigmoid_family", lambda x: [ops.sigmoid(x), ops.hard_sigmoid(x * 3), ops.log_sigmoid(x), ops.silu(x), ops.hard_silu(x * 3)], (5, 4))
graph("swish", lambda x: [ops.swish(x), ops.hard_swish(x)], (5, 4), scale=3.0)
graph("gelu", lambda x: [ops.gelu(x), ops.gelu(x, approximate=False)], (16, 8), scale=2.0)
graph("soft_family", lambda x: [ops.softplus(x), ops.softsign(x), ops.soft_shrink(x), ops.hard_shrink(x), ops.tanh_shrink(x), ops.hard_tanh(x)], (8, 4), scale=2.0)
graph("shrink_thresholds", lambda x: [ops.soft_shrink(x, threshold=0.2), ops.hard_shrink(x, threshold=1.0), ops.threshold(x, 0.3, -2.0)], (8, 4))
graph("sparse_family", lambda x: [ops.sparse_plus(x), ops.sparse_sigmoid(x), ops.squareplus(x), ops.squareplus(x, b=1)], (8, 4))
graph("glu", lambda x: [ops.glu(x), ops.glu(x, axis=1)], (6, 4))
graph("softmax", lambda x: [ops.softmax(x), ops.softmax(x, axis=1), ops.log_softmax(x), ops.log_softmax(x, axis=1)], (6, 4))
graph("mish", lambda x: keras.src.activations.activations.Mish()(x), (5, 4))
graph("activation_functions", lambda x: [keras.activations.relu(x, negative_slope=0.1, max_value=1.0, threshold=0.2), keras.activations.gelu(x), keras.activations.tanh(x)], (8, 4))
graph("normalize", lambda x: [ops.normalize(x), ops.normalize(x, axis=1), ops.normalize(x, axis=-1, order=1)], (5, 4))
graph("batch_normalization", lambda x: ops.batch_normalization(x, np.array([0.1, -0.2, 0.3], "float32"), np.array([0.5, 1.5, 0.8], "float32"), axis=-1, offset=np.array([0.2, 0.0, -0.4], "float32"), scale=np.array([1.5, 0.6, 1.0], "float32")), (4, 4, 3))
graph("layer_normalization", lambda x: ops.layer_normalization(x, axis=-1), (4, 5))
graph("rms_normalization", lambda x: ops.rms_normalization(x), (4, 5))
rng = np.random.default_rng(5)


def weights(*shape):
    return rng.normal(0, 0.4, shape).astype("float32")


graph("conv2d", lambda x: ops.conv(x, weights(3, 3, 3, 4), strides=2, padding="same"), (7, 6, 3))
graph("conv1d_dilated", lambda x: ops.conv(x, weights(3, 3, 4), padding="valid", dilation_rate=2), (9, 3))
graph("depthwise_conv", lambda x: ops.depthwise_conv(x, weights(3, 3, 3, 2), padding="same"), (6, 5, 3))
graph("separable_conv", lambda x: ops.separable_conv(x, weights(3, 3, 3, 2), weights(1, 1, 6, 4)), (6, 5, 3))
graph("max_pool", lambda x: [ops.max_pool(x, 2), ops.max_pool(x, 3, strides=2, padding="same")], (7, 6, 3))
graph("average_pool", lambda x: [ops.average_pool(x, 2), ops.average_pool(x, (3, 2), strides=2, padding="same")], (7, 6, 3))
graph("dot_product_attention", lambda q, k: ops.dot_product_attention(q, k, k), (4, 2, 3), (5, 2, 3))
graph("dot_product_attention_causal", lambda q, k: ops.dot_product_attention(q, k, k, is_causal=True, scale=0.7), (5, 2, 3), (5, 2, 3))
graph("depth_to_space", lambda x: ops.depth_to_space(x, 2), (3, 2, 8))
graph("space_to_depth", lambda x: ops.space_to_depth(x, 2), (4, 6, 3))
graph("squeeze_excite", lambda x: x * ops.reshape(L.Dense(4, activation="sigmoid")(ops.mean(x, axis=(1, 2))), (-1, 1, 1, 4)), (5, 4, 4))
graph("attention_by_hand", lambda x: (lambda q, k, v: ops.matmul(ops.softmax(ops.matmul(q, ops.transpose(k, (0, 2, 1))) / np.sqrt(4.0)), v))(L.Dense(4)(x), L.Dense(4)(x), L.Dense(3)(x)), (5, 3))
