"""Records a few models with whatever Keras 3 is installed; see record/keras3.py.

The files are called `<model>_<version>`, such as `masks_3_6_0`. The recorded
versions are 3.0.5, 3.3.3, 3.6.0 and 3.10.0.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, keras, ops, recorder

_, graph = recorder(__file__)
suffix = "_" + keras.__version__.replace(".", "_")
STEPS = [(0, 3), (0, 4), (1, 0), (1, 2)]


def record(name, function, *shapes, **options):
    # Keras 3.0 writes legacy files that clash, and cannot read all it writes.
    if keras.__version__.startswith("3.0"):
        options["reload"] = False
        options.pop("whole", None)
    graph(name + suffix, function, *shapes, **options)


def tower(units):
    x = a = keras.Input((5,), name="tower_in")
    x = L.BatchNormalization()(L.Dense(6, activation="elu")(x))
    return keras.Model(a, L.Dense(units)(x), name="tower")


def images(x):
    x = L.Conv2D(4, 3, padding="same", use_bias=False)(x)
    x = L.ReLU(max_value=6)(L.BatchNormalization()(x))
    x = L.DepthwiseConv2D(3, strides=2, padding="same", activation="silu")(x)
    x = L.SeparableConv2D(4, 3, padding="same", activation="gelu")(x)
    x = L.UpSampling2D(2, interpolation="bilinear")(x)
    x = L.Conv2DTranspose(3, 3, strides=2, activation=L.LeakyReLU(negative_slope=0.1))(x)
    return L.Dense(3, activation="softmax")(L.GlobalAveragePooling2D()(x))


def nested(a, b):
    inner = tower(5)
    stack = keras.Sequential([keras.Input((5,)), L.Dense(4, activation="tanh"), L.LayerNormalization()])
    x, y = inner(a), inner(b)
    return [stack(x), inner(y), stack(L.Subtract()([x, y]))]


def structures(a, b):
    p, q = keras.Input((4,), name="zebra"), keras.Input((3,), name="apple")
    inner = keras.Model(
        {"zebra": p, "apple": q}, {"sum": L.Dense(2)(p), "difference": L.Dense(2)(q)}, name="inner"
    )
    found = inner({"zebra": a, "apple": b})
    return {"narrow": L.ReLU()(found["sum"]), "again": found["difference"]}


def operators(x, y):
    z = (2.0 - x * 3.0) / (ops.abs(y) + 0.5)
    z = ops.concatenate([z[:, 1:, ::2], z[:, :-1, :2]], axis=-1)
    z = ops.transpose(ops.reshape(z, (-1, 3, 2, 2)), (0, 2, 1, 3))
    return [ops.mean(z, axis=1, keepdims=True), ops.where(z > 0, z, ops.exp(z)), ops.split(z, 2, axis=-1)[1]]


def masks(x):
    y = L.Masking()(x)
    a = L.LSTM(3, return_sequences=True)(y)
    b = L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode="sum")(y)
    return L.GlobalAveragePooling1D()(L.Add()([a, b]))


def merged_masks(x, y):
    merged = L.Add()([L.Masking()(x), L.Masking(mask_value=1.0)(y)])
    return L.GlobalAveragePooling1D()(merged)


def recurrent(x, h):
    states = L.LSTM(4, return_state=True, recurrent_activation="hard_sigmoid")(x)
    y = L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True)(x)
    z = L.SimpleRNN(4, return_sequences=True, go_backwards=True)(x, initial_state=h)
    return [L.GRU(4)(y, initial_state=states[1]), L.TimeDistributed(L.Dense(2))(z)]


def attention(x):
    y = L.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True)
    y = L.LayerNormalization()(L.Add()([x, y]))
    return [L.Attention(use_scale=True)([y, x]), L.EinsumDense("abc,cd->abd", output_shape=(None, 3), bias_axes="d")(y)]


def embedded(x):
    y = L.Embedding(5, 4, mask_zero=True)(x)
    return L.Dense(2, activation="softmax")(L.LSTM(4)(L.Dropout(0.3)(y)))


record("images", images, (7, 6, 3), whole=True, reload=False)
record("nested", nested, (5,), (5,), parts=True, whole=True)
record("structures", structures, (4,), (3,))
record("operators", operators, (4, 4), (4, 4))
record("masks", masks, (5, 3), zeros=STEPS)
record("merged_masks", merged_masks, (5, 3), (5, 3), zeros=STEPS)
record("recurrent", recurrent, (5, 3), (4,), parts=True)
record("attention", attention, (5, 6))
record("embedded", embedded, (6,), dtype="int32", below=5, minimum_std=0.02)
record("crop", lambda x: L.RandomCrop(3, 4)(x), (6, 5, 2))
