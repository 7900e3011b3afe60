"""Records the fixtures of functions of tf.nn and tf.image; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras2 import keras, L, recorder, tf

_, graph = recorder(__file__)
graph("activations", lambda x: [tf.nn.relu(x), tf.nn.relu6(x * 4), tf.nn.elu(x), tf.nn.selu(x), tf.nn.silu(x)], (5, 4))
graph("leaky_relu", lambda x: [tf.nn.leaky_relu(x), tf.nn.leaky_relu(x, alpha=0.05)], (5, 4))
graph("gelu", lambda x: [tf.nn.gelu(x), tf.nn.gelu(x, approximate=True)], (16, 8), scale=2.0)
graph("sigmoid_softplus", lambda x: [tf.sigmoid(x), tf.math.softplus(x), tf.nn.softsign(x), tf.nn.sigmoid(x)], (5, 4))
graph("softmax", lambda x: [tf.nn.softmax(x), tf.nn.softmax(x, axis=1), tf.nn.log_softmax(x)], (5, 4))
graph("activation_functions", lambda x: [keras.activations.hard_sigmoid(x), keras.activations.swish(x), keras.activations.relu(x, max_value=1.0, alpha=0.1)], (5, 4))
graph("h_swish", lambda x: x * tf.nn.relu6(x + 3.0) / 6.0, (5, 4), scale=3.0)
graph("crelu_bias_add", lambda x: [tf.nn.crelu(x), tf.nn.bias_add(x, tf.constant([0.5, -0.5, 1.0, 0.0]))], (5, 4))
graph("pools", lambda x: [tf.nn.max_pool2d(x, 2, 2, "VALID"), tf.nn.avg_pool2d(x, 3, 2, "SAME")], (7, 6, 3))
graph("conv2d", lambda x: tf.nn.conv2d(x, tf.constant(np.sin(np.arange(108, dtype="float32")).reshape(3, 3, 3, 4)), strides=2, padding="SAME"), (7, 6, 3))
graph("depthwise_conv2d", lambda x: tf.nn.depthwise_conv2d(x, tf.constant(np.sin(np.arange(54, dtype="float32")).reshape(3, 3, 3, 2)), strides=[1, 1, 1, 1], padding="VALID"), (6, 5, 3))
graph("depth_and_space", lambda x: [tf.nn.depth_to_space(x, 2), tf.nn.space_to_depth(x, 2)], (4, 6, 8))
graph("local_response_normalization", lambda x: tf.nn.local_response_normalization(x, depth_radius=2, bias=1.0, alpha=0.3, beta=0.6), (3, 4, 6))
graph("resize", lambda x: [tf.image.resize(x, (7, 9)), tf.image.resize(x, [3, 4], method="nearest")], (4, 5, 2))
graph("resize_v1", lambda x: [tf.compat.v1.image.resize_bilinear(x, (7, 9)), tf.compat.v1.image.resize_bilinear(x, (7, 9), align_corners=True)], (4, 5, 2))
graph("flip_left_right", lambda x: tf.image.flip_left_right(x), (4, 5, 2))
graph("pad_and_crop", lambda x: [tf.image.pad_to_bounding_box(x, 1, 2, 7, 8), tf.image.crop_to_bounding_box(x, 1, 1, 2, 3)], (4, 5, 2))
graph("squeeze_excite", lambda x: x * tf.reshape(L.Dense(4, activation="sigmoid")(tf.reduce_mean(x, [1, 2])), (-1, 1, 1, 4)), (5, 4, 4))
