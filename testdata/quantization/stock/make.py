"""Records quantization-aware-trained models with what the stock converter makes of them.

    python make.py

Needs `pip install tensorflow-cpu==2.21 tf_keras tensorflow-model-optimization==0.8.1`. Writes `NAME.h5` (and `cnn_bn.keras`), `NAME.npz` (`in0`, and
`out0` of the rounded model) and `NAME.tflite` beside this file; the stock converter computes `dense_bn` with floats, so that it has no
file.
"""

import os

os.environ.update(TF_USE_LEGACY_KERAS="1", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

import numpy as np
import tensorflow as tf
import tensorflow_model_optimization as tfmot
import tf_keras as keras

L = keras.layers
HERE = os.path.dirname(os.path.abspath(__file__))


def cnn_bn():
    x = keras.Input((12, 12, 3))
    y = L.Conv2D(8, 3, padding="same", use_bias=False, name="c1")(x)
    a = L.ReLU(name="r1")(L.BatchNormalization(name="b1")(y))
    y = L.DepthwiseConv2D(3, padding="same", use_bias=False, name="dw")(a)
    y = L.ReLU(6.0, name="r2")(L.BatchNormalization(name="b2")(y))
    y = L.BatchNormalization(name="b3")(L.Conv2D(8, 1, name="c2")(y))
    y = L.ReLU(name="r3")(L.Add(name="add")([y, a]))
    y = L.GlobalAveragePooling2D(name="gap")(y)
    return keras.Model(x, L.Dense(4, activation="softmax", name="out")(y))


def sep():
    x = keras.Input((12, 12, 4))
    y = L.SeparableConv2D(8, 3, padding="same", activation="relu", name="sep")(x)
    y = L.Flatten(name="fl")(L.MaxPooling2D(2, name="mp")(y))
    return keras.Model(x, L.Dense(3, name="out")(y))


def updown():
    x = keras.Input((6, 6, 4))
    y = L.Conv2D(6, 3, strides=2, name="c")(L.ZeroPadding2D(1, name="zp")(x))
    y = L.LeakyReLU(0.1, name="lr")(y)
    y = L.Conv2DTranspose(4, 3, strides=2, padding="same", name="ct")(y)
    return keras.Model(x, L.Conv2D(2, 1, name="o")(L.UpSampling2D(2, name="up")(y)))


def dense_bn():
    x = keras.Input((16,))
    y = L.BatchNormalization(name="bn")(L.Dense(12, name="d1")(x))
    y = L.Dropout(0.1, name="dr")(L.ReLU(name="r")(y))
    y = L.Permute((2, 1), name="pm")(L.Reshape((3, 4), name="rs")(y))
    return keras.Model(x, L.Dense(2, name="o")(L.Flatten(name="f")(y)))


def seqm():
    return keras.Sequential(
        [
            L.Conv2D(4, 3, activation="relu", input_shape=(8, 8, 1), name="c"),
            L.MaxPooling2D(2, name="p"), L.Flatten(name="f"), L.Dense(3, name="o"),
        ]
    )


def convact():
    x = keras.Input((8, 8, 3))
    y = L.Activation("relu", name="r1")(L.Conv2D(6, 3, padding="same", name="c1")(x))
    return keras.Model(x, L.Flatten(name="f")(L.Conv2D(6, 3, activation="softmax", name="sm")(y)))


def record(make):
    model = tfmot.quantization.keras.quantize_model(make())
    shape = tuple(model.input_shape[1:])
    rng = np.random.default_rng(0)
    x = rng.normal(0, 1, (256,) + shape).astype(np.float32)
    y = np.abs(rng.normal(0, 1, (256,) + tuple(model.output_shape[1:]))).astype(np.float32)
    y /= y.sum(-1, keepdims=True) + 1e-3
    model.compile(keras.optimizers.legacy.Adam(2e-3), "mse")
    model.fit(x, y, batch_size=16, epochs=3, verbose=0)
    x = np.random.default_rng(7).normal(0, 1, (8,) + shape).astype(np.float32)
    name = os.path.join(HERE, make.__name__)
    np.savez_compressed(name + ".npz", in0=x, out0=model.predict(x, verbose=0))
    model.save(name + ".h5", include_optimizer=False)
    if make is cnn_bn:
        model.save(name + ".keras")
    if make is dense_bn:
        return
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    with open(name + ".tflite", "wb") as file:
        file.write(converter.convert())


if __name__ == "__main__":
    keras.utils.set_random_seed(3)
    for make in (cnn_bn, sep, updown, dense_bn, seqm, convact):
        record(make)
