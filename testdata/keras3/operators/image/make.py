"""Records the fixtures of operations on images; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import ops, recorder

_, graph = recorder(__file__)
graph("resize", lambda x: [ops.image.resize(x, (7, 9)), ops.image.resize(x, (3, 4), interpolation="nearest")], (4, 5, 2))
graph("resize_bicubic", lambda x: ops.image.resize(x, (7, 9), interpolation="bicubic"), (4, 5, 2))
graph("pad_and_crop", lambda x: [ops.image.pad_images(x, 1, 2, target_height=8, target_width=9), ops.image.crop_images(x, 1, 1, target_height=2, target_width=3)], (4, 5, 2))
graph("rgb_to_grayscale", lambda x: ops.image.rgb_to_grayscale(x), (4, 5, 3))
graph("extract_patches", lambda x: ops.image.extract_patches(x, 2), (4, 6, 3))
graph("extract_patches_strided", lambda x: ops.image.extract_patches(x, 3, strides=2, padding="same"), (5, 6, 2))
