"""Records the layers of keras.io's examples with Keras 3; see record/keras_io_layers.py and record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import keras, ops, recorder
import keras_io_layers


class Ops:
    shape, arange, reshape, not_equal = ops.shape, ops.arange, ops.reshape, ops.not_equal

    @staticmethod
    def extract_patches(images, size):
        return ops.image.extract_patches(images, size=size)


classes = keras_io_layers.define(keras, Ops)
keras.utils.get_custom_objects().update(classes)
keras_io_layers.record(classes, recorder(__file__)[1], whole=True, parts=True)
