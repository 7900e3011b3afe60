"""Records the fixtures of colors and filters of images; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("hsv", lambda x: [ops.image.rgb_to_hsv(ops.sigmoid(x)), ops.image.hsv_to_rgb(ops.sigmoid(x))], (5, 4, 3))
graph("hsv_first", lambda x: ops.image.rgb_to_hsv(ops.sigmoid(x), data_format="channels_first"), (3, 5, 4))
graph("blur", lambda x: [ops.image.gaussian_blur(x), ops.image.gaussian_blur(x, kernel_size=(5, 3), sigma=(2.0, 1.0))], (7, 6, 3))
graph("sobel", lambda x: ops.image.sobel_edges(x), (7, 6, 3))
graph("unfold", lambda x: [ops.unfold(x, 3), ops.unfold(x, (2, 3), dilation=2, padding=1, stride=2)], (3, 8, 9))
graph("fold", lambda x: ops.fold(x, (6, 7), 3, padding=1, stride=2), (18, 12))
graph("adaptive_pools", lambda x: [ops.adaptive_average_pool(x, (3, 2)), ops.adaptive_max_pool(x, (3, 3))], (7, 6, 3), reload=False)
