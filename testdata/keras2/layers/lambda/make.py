"""Records functions in Python; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, keras, placed, recorder, tf

K = keras.backend
case, graph = recorder(__file__)
IMAGE = (4, 5, 3)


@placed
def bounds(x):
    """Constants that are computed with before the input is."""
    low = tf.constant([0.05, -1.0, 0.4, 2.0])
    high = tf.constant([3.0, 2.0, 1.0, 5.0])
    return low + x * (high - low)


@placed
def stacked(x):
    """A list of tensors whose elements are gone through."""
    return tf.stack([tensor * 2.0 for tensor in x], axis=1)


@placed
def cropped(x):
    """The size of another tensor as the end of a slice."""
    return tf.concat([x[0], x[1][:, :tf.shape(x[0])[1], :tf.shape(x[0])[2], :]], axis=-1)


@placed
def doubled(x):
    """A size that is computed from a shape and a constant."""
    return tf.compat.v1.image.resize(
        x, K.int_shape(x)[1:3] * tf.constant(8 // 4), method="bilinear", align_corners=True)


@placed
def zipped(x):
    """The elements of two lists side by side."""
    return K.concatenate([a * b for a, b in zip(x[:2], tf.split(x[2], 2, axis=-1))])


case("bounds", lambda: L.Lambda(bounds), (4,))
case("doubled", lambda: L.Lambda(doubled), IMAGE)
case("preprocess_torch", lambda: L.Lambda(placed(keras.applications.densenet.preprocess_input)),
     IMAGE, scale=100)
case("preprocess_caffe", lambda: L.Lambda(placed(keras.applications.vgg16.preprocess_input)),
     IMAGE, scale=100)
graph("stacked", lambda *x: L.Lambda(stacked)(list(x)), (3,), (3,))
graph("cropped", lambda *x: L.Lambda(cropped)(list(x)), (4, 3, 2), (5, 6, 3))
graph("zipped", lambda *x: L.Lambda(zipped)(list(x)), (2,), (2,), (4,))
