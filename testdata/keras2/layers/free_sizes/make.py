"""Records layers and models whose inputs have free dimensions; see record/keras2.py.

Each configuration has a second recording, `<config>.other.npz`, at batch 3 and with
other sizes of the free dimensions.
"""

import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import BATCH, L, keras, placed, randomize, run, save, seeded, tf

FOLDER = os.path.dirname(os.path.abspath(__file__))


def graph(name, function, *shapes, other=None, below=None, minimum_std=0.02):
    """Records a function of inputs; an extent -n is free, recorded with n elements.

    `other` holds the extents of the second recording, by default n + 3.
    """
    path = os.path.join(FOLDER, name)
    if os.environ.get("MISSING") and os.path.exists(path + ".other.npz"):
        return
    rng = seeded(path)
    dtype = "float32" if below is None else "int32"
    inputs = [
        keras.Input([None if n < 0 else n for n in shape], name=f"x{i}", dtype=dtype)
        for i, shape in enumerate(shapes)
    ]
    outputs = function(*inputs)
    model = keras.Model(inputs, outputs, name="model")
    randomize(model, rng)

    def arrays(batch, shapes):
        if below is not None:
            return [rng.integers(0, below, [batch, *shape]).astype(np.int32) for shape in shapes]
        return [rng.normal(0, 1, [batch, *shape]).astype(np.float32) for shape in shapes]

    larger = [[n if n >= 0 else 3 - n for n in shape] for shape in shapes]
    recorded = arrays(BATCH, [[abs(n) for n in shape] for shape in shapes])
    save(model, path, recorded, minimum_std=minimum_std)
    again = arrays(BATCH + 1, other or larger)
    results = {f"in{i}": x for i, x in enumerate(again)}
    results.update({f"out{i}": y for i, y in enumerate(run(model, again))})
    np.savez(path + ".other.npz", **results)
    print(f"free_sizes/{name}", file=sys.stderr)


IMAGE = (-8, -6, 3)
SEQUENCE = (-6, 4)

for name, layers in {
    "conv1d": [L.Conv1D(5, 3, padding="causal"), L.BatchNormalization(), L.ReLU()],
    "conv1d_transpose": [L.Conv1DTranspose(5, 3, strides=2)],
    "conv1d_transpose_output_padding": [L.Conv1DTranspose(5, 5, strides=3, output_padding=1)],
    "separable_conv1d": [L.SeparableConv1D(5, 3)],
    "pooling1d": [L.MaxPooling1D(2), L.AveragePooling1D(2, strides=1, padding="same")],
    "up_sampling1d": [L.UpSampling1D(3), L.Cropping1D(1)],
    "flatten": [L.Flatten()],
    "reshape": [L.Reshape((2, -1))],
    "permute": [L.Permute((2, 1))],
    "lstm": [L.LSTM(5, return_sequences=True), L.LSTM(3)],
    "lstm_hard_sigmoid": [L.LSTM(5, recurrent_activation="hard_sigmoid")],
    "gru": [L.GRU(5, return_sequences=True), L.GRU(3, reset_after=False)],
    "simple_rnn": [L.SimpleRNN(5, go_backwards=True)],
    "bidirectional": [L.Bidirectional(L.GRU(3, return_sequences=True))],
    "time_distributed": [L.TimeDistributed(L.Dense(5)), L.GlobalAveragePooling1D()],
    "group_normalization": [L.GroupNormalization(2)],
    "layer_normalization": [L.LayerNormalization()],
}.items():
    graph(name, keras.Sequential(layers), SEQUENCE)

for name, layers in {
    "conv2d": [L.Conv2D(5, 3), L.BatchNormalization(), L.MaxPooling2D()],
    "depthwise_conv2d": [L.DepthwiseConv2D(3, strides=2, padding="same")],
    "conv2d_transpose_same": [L.Conv2DTranspose(5, 3, strides=2, padding="same")],
    "conv2d_transpose_valid": [L.Conv2DTranspose(5, (3, 2), strides=(2, 3))],
    "conv2d_transpose_output_padding": [
        L.Conv2DTranspose(5, 3, strides=2, padding="same", output_padding=0)],
    "up_sampling2d": [L.UpSampling2D((2, 3))],
    "up_sampling2d_bilinear": [L.UpSampling2D(2, interpolation="bilinear")],
    "cropping2d": [L.Cropping2D((1, 2)), L.ZeroPadding2D(1)],
    "resizing": [L.Resizing(5, 4)],
    "time_distributed_conv": [L.TimeDistributed(L.Conv1D(4, 3))],
}.items():
    graph(name, keras.Sequential(layers), IMAGE)

graph("attention", lambda q, v: L.Attention()([q, v], use_causal_mask=True), (-5, 4), (-7, 4))
graph("multi_head", lambda x: L.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True), SEQUENCE)
graph("slicing", lambda x: [x[:, 1:-1, ::2], x[:, -1], x[:, ::-1], x[:, :-2] + 1.0], SEQUENCE)
graph("pooling3d", keras.Sequential([L.MaxPooling3D(2), L.UpSampling3D(2)]), (-4, -5, -6, 2))
graph("conv_lstm2d", L.ConvLSTM2D(3, 3, padding="same"), (-4, 5, 4, 2))


def text(tokens):
    x = L.Embedding(20, 6, mask_zero=True)(tokens)
    x = L.Bidirectional(L.LSTM(4, return_sequences=True))(x)
    return L.Dense(3, activation="softmax")(L.GRU(5)(x))


def unet(image):
    a = L.Conv2D(4, 3, padding="same", activation="relu")(image)
    b = L.ReLU()(L.BatchNormalization()(L.Conv2D(6, 3, strides=2, padding="same")(a)))
    c = L.Conv2D(8, 3, padding="same", activation="relu")(L.MaxPooling2D()(b))
    up = L.Concatenate()([L.Conv2DTranspose(6, 3, strides=2, padding="same")(c), b])
    up = L.Conv2D(4, 3, padding="same", activation="relu")(up)
    return L.Conv2D(2, 1)(L.Concatenate()([L.UpSampling2D()(up), a]))


graph("model_text", text, (-7,), below=20)
graph("model_unet", unet, (-8, -12, 3), other=[(12, 4, 3)])
graph(
    "model_shapes",
    lambda x: tf.reshape(x, [tf.shape(x)[0], tf.shape(x)[1] * 2, 2]) * 2.0, SEQUENCE)
graph(
    "model_shapes_swapped",
    lambda x: tf.transpose(
        tf.reshape(tf.transpose(x, [1, 0, 2]), [tf.shape(x)[1], tf.shape(x)[0], 2, 2]),
        [1, 3, 0, 2]), SEQUENCE)
graph(
    "model_shapes_broadcast",
    lambda x: x - tf.broadcast_to(tf.reduce_max(x, axis=1, keepdims=True), tf.shape(x)), SEQUENCE)
graph(
    "model_shapes_fill",
    lambda x: x * tf.fill([tf.shape(x)[0], tf.shape(x)[1], 1], 2.0), SEQUENCE)
graph(
    "model_shapes_mean",
    lambda x: tf.reduce_sum(x, axis=1) / tf.cast(tf.shape(x)[1], tf.float32), SEQUENCE)


@placed
def crop(x):
    return tf.concat([x[0], x[1][:, :tf.shape(x[0])[1], :tf.shape(x[0])[2], :]], axis=-1)


graph(
    "lambda_cropped", lambda *x: L.Lambda(crop)(list(x)), (-4, -3, 2), (-5, -6, 3),
    other=[(2, 5, 2), (2, 7, 3)])
