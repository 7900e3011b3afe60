"""Records quantization-aware-trained models of tensorflow-model-optimization with the outputs of their rounded numbers.

    python make.py

Needs `pip install tensorflow-cpu==2.13.1 tensorflow-model-optimization==0.8.0 h5py "numpy<1.25"`. Writes `NAME.h5` and
`NAME.npz` (`in0`, `out0`) beside this file. The outputs are those of `model.predict`, which rounds as training does.
"""

import os

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")

import numpy as np
import tensorflow as tf
import tensorflow_model_optimization as tfmot

keras = tf.keras
L = keras.layers
HERE = os.path.dirname(os.path.abspath(__file__))


def mlp():
    x = keras.Input((20,))
    y = L.Dense(16, activation="relu", name="d1")(x)
    return keras.Model(x, L.Dense(4, activation="softmax", name="d2")(y))


def residual():
    x = keras.Input((8, 8, 3))
    y = L.Conv2D(6, 3, padding="same", use_bias=False, name="c1")(x)
    y = L.BatchNormalization(name="b1")(y)
    a = L.ReLU(name="r1")(y)
    y = L.DepthwiseConv2D(3, padding="same", use_bias=False, name="dw")(a)
    y = L.BatchNormalization(name="b2")(y)
    y = L.ReLU(6.0, name="r2")(y)
    y = L.Conv2D(6, 1, name="c2")(y)
    y = L.BatchNormalization(name="b3")(y)
    y = L.Add(name="add")([y, a])
    y = L.ReLU(name="r3")(y)
    y = L.GlobalAveragePooling2D(name="gap")(y)
    return keras.Model(x, L.Dense(4, activation="softmax", name="out")(y))


def activations():
    x = keras.Input((16,))
    y = L.Dense(12, name="d1")(x)
    parts = [L.Activation(f, name=f)(y) for f in ("sigmoid", "tanh", "swish")]
    y = L.Concatenate(name="cat")(parts)
    y = L.Dense(10, activation="gelu", name="ge")(y)
    return keras.Model(x, L.Dense(4, activation="sigmoid", name="o")(y))


def shapes():
    x = keras.Input((6, 6, 4))
    y = L.ZeroPadding2D(1, name="zp")(x)
    y = L.Conv2D(6, 3, strides=2, name="c")(y)
    y = L.LeakyReLU(0.1, name="lr")(y)
    y = L.Conv2DTranspose(4, 3, strides=2, padding="same", name="ct")(y)
    y = L.AveragePooling2D(2, name="ap")(y)
    y = L.Flatten(name="f")(y)
    return keras.Model(x, L.Dense(3, name="o")(y))


def record(name, model):
    model = tfmot.quantization.keras.quantize_model(model)
    rng = np.random.default_rng(0)
    x = rng.normal(0, 1, (256,) + model.input_shape[1:]).astype("float32")
    y = np.abs(rng.normal(0, 1, (256,) + model.output_shape[1:])).astype("float32")
    y /= y.sum(-1, keepdims=True)
    model.compile(keras.optimizers.legacy.Adam(2e-3), "mse")
    model.fit(x, y, batch_size=16, epochs=4, verbose=0)
    model.save(os.path.join(HERE, name + ".h5"), include_optimizer=False)
    inputs = rng.normal(0, 1, (8,) + model.input_shape[1:]).astype("float32")
    np.savez(os.path.join(HERE, name + ".npz"), in0=inputs, out0=model.predict(inputs, verbose=0))


if __name__ == "__main__":
    for function in (mlp, residual, activations, shapes):
        keras.utils.set_random_seed(1)
        record(function.__name__, function())
