"""Records the layers of keras.io's examples with Keras 2; see record/keras_io_layers.py and record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import keras, recorder, tf
import keras_io_layers


class Ops:
    shape, arange, reshape, not_equal = tf.shape, tf.range, tf.reshape, tf.not_equal

    @staticmethod
    def extract_patches(images, size):
        return tf.image.extract_patches(images, [1, size, size, 1], [1, size, size, 1], [1, 1, 1, 1], "VALID")


classes = keras_io_layers.define(keras, Ops)
keras.utils.get_custom_objects().update(classes)
keras_io_layers.record(classes, recorder(__file__)[1], archive=True)
