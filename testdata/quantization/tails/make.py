"""Makes a network of numbers that are far larger than most in few places: it weighs the cubes of its inputs.

    python make.py

Needs `pip install keras==3.15.1 tensorflow-cpu numpy`. Writes `cubes.keras`; tests draw its inputs.
"""

import os

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", KERAS_BACKEND="tensorflow")

import keras
import numpy as np

L = keras.layers
HERE = os.path.dirname(os.path.abspath(__file__))


def cubes():
    x = keras.Input((64, 8), name="x")
    square = L.Multiply(name="square")([x, x])
    cube = L.Multiply(name="cube")([square, x])
    flat = L.Flatten(name="flat")(cube)
    network = keras.Model(x, L.Dense(5, activation="softmax", name="scores")(flat))
    rng = np.random.default_rng(1)
    for weight in network.weights:
        scale = 0.5 * weight.shape[0] ** -0.5
        weight.assign(rng.normal(0, scale, weight.shape).astype(np.float32))
    return network


if __name__ == "__main__":
    cubes().save(os.path.join(HERE, "cubes.keras"))
