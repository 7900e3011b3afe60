"""Records functions in Python; see record/keras2.py."""

import functools
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, keras, np, placed, recorder, tf

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


@placed
def changed(x):
    """A list that TensorFlow made and the code changes, a message and a scope."""
    with tf.name_scope("parts"):
        parts = tf.split(x, 2, axis=-1)
        print(f"parts: {len(parts)}")
        for i in range(len(parts)):
            parts[i] = parts[i] * (i + 2)
    return tf.concat(parts, axis=1)


@placed
def coordinates(x, **kwargs):
    """Grids of the size of an image, and rows of another step."""
    batch, height, width, channels = tf.unstack(tf.shape(x))
    across, down = tf.meshgrid(
        tf.linspace(-1.0, 1.0, width), tf.linspace(0.0, kwargs.get("end", 2.0), height))
    grid = tf.tile(tf.stack([across, down], axis=-1)[tf.newaxis], [batch, 1, 1, 1])
    steps = tf.cast(tf.range(1, 2 * width, delta=2), x.dtype)
    return tf.concat([x * steps[:, None], grid], axis=-1)


@placed
def rows(x):
    """An element of each sequence at a place of its own."""
    numbers = K.expand_dims(K.arange(0, K.shape(x[0])[0]), 1)
    return tf.gather_nd(x[0], K.concatenate([numbers, K.cast(x[1], "int32")], 1))


@placed
def spectrum(x):
    """Frames with zeros at the end, longer transforms, and bands of them."""
    waves = tf.signal.stft(x, frame_length=12, frame_step=5, fft_length=16, pad_end=True)
    bands = tf.signal.linear_to_mel_weight_matrix(4, 9, 16000, 100.0, 7000.0)
    loud = tf.tensordot(tf.square(tf.abs(waves)), bands, 1)
    return tf.concat([loud, tf.signal.dct(tf.math.real(waves), norm="ortho")], axis=-1)


@placed
def composed(x):
    """Functions that are expressions of others, and layers without weights."""
    y = tf.nn.batch_normalization(x, 0.5, 2.0, None, [1.0, 2.0, 3.0], variance_epsilon=1e-3)
    y = tf.concat([y, tf.image.rgb_to_yuv(x), tf.image.adjust_hue(tf.sigmoid(x), 0.1)], axis=-1)
    pooled = tf.keras.layers.MaxPooling2D((2, 2))(y)
    return tf.keras.layers.Concatenate()([tf.keras.layers.Flatten()(pooled), tf.reduce_sum(y, axis=[1, 2])])


@placed
def looped(x):
    """Loops whose number of steps is known."""
    steps = tf.transpose(x, [1, 0, 2])
    summed = tf.foldl(lambda a, b: a * 0.5 + tf.tanh(b), steps, initializer=tf.zeros_like(x[:, 0]))
    reverse = K.foldr(lambda a, b: a * 0.3 - b, steps)
    scanned = tf.scan(lambda a, b: (a[0] + b, a[1] * 0.5 + b * b), steps, initializer=(x[:, 0], x[:, 1]), reverse=True)
    counted = tf.while_loop(lambda i, a: tf.less(i, x.shape[1]), lambda i, a: [tf.add(i, 1), tf.tanh(a) + x[:, i] * 0.5],
                            [tf.constant(0), x[:, 0]])
    bounded = tf.while_loop(lambda a, b: True, lambda a, b: (b, a * 0.5 + b), [x[:, 2], x[:, 3]], maximum_iterations=3)
    scaled = functools.partial(tf.nn.leaky_relu, alpha=0.3)(x[:, 1])
    parts = [summed, reverse, scanned[0][0], scanned[1][2], counted[1], bounded[0], bounded[1], scaled]
    return tf.stack(parts + [functools.partial(K.sum, axis=1)(x)], axis=1)


@placed
def regions(x):
    """Parts of images that known masks and boxes name."""
    boxes = [[0.1, 0.2, 0.8, 0.9], [0.25, 0.3, 1.2, 1.0], [1.0, 0.9, 0.1, 0.0]]
    crops = tf.image.crop_and_resize(x, boxes, [0, 1, 0], [3, 4])
    near = tf.image.crop_and_resize(x, tf.constant(boxes), np.array([1, 0, 1]), (3, 4), method="nearest", extrapolation_value=0.5)
    rows = tf.boolean_mask(x, [False, True, True, False, True], axis=1)
    pixels = tf.boolean_mask(x, np.array([[0, 1, 1, 0, 1, 0], [1, 0, 0, 0, 0, 0]] + [[0, 0, 1, 0, 0, 1]] * 3, dtype=bool), axis=1)
    return [crops, near, rows, pixels]


@placed
def places(tensors):
    return tf.gather_nd(tensors[0], tf.cast(tensors[1], tf.int32), batch_dims=1)


case("looped", lambda: L.Lambda(looped), (5, 4))
graph("batch_regions", lambda x: L.Lambda(regions)(x), (5, 6, 3), states_batch=True)
graph("places", lambda *x: L.Lambda(places)(list(x)), (5, 4, 3), (6, 2), dtype=["float32", "int32"], below=[None, 4])
case("changed", lambda: L.Lambda(changed), (4,))
case("coordinates", lambda: L.Lambda(coordinates), IMAGE)
case("spectrum", lambda: L.Lambda(spectrum), (32,))
case("composed", lambda: L.Lambda(composed), (4, 4, 3))
graph("rows", lambda *x: L.Lambda(rows)(list(x)), (5, 4), (1,),
      dtype=["float32", "int32"], below=[None, 5])
case("bounds", lambda: L.Lambda(bounds), (4,))
case("doubled", lambda: L.Lambda(doubled), IMAGE)
case("preprocess_torch", lambda: L.Lambda(placed(keras.applications.densenet.preprocess_input)),
     IMAGE, scale=100)
case("preprocess_caffe", lambda: L.Lambda(placed(keras.applications.vgg16.preprocess_input)),
     IMAGE, scale=100)
graph("stacked", lambda *x: L.Lambda(stacked)(list(x)), (3,), (3,))
graph("cropped", lambda *x: L.Lambda(cropped)(list(x)), (4, 3, 2), (5, 6, 3))
graph("zipped", lambda *x: L.Lambda(zipped)(list(x)), (2,), (2,), (4,))
