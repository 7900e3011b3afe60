"""Records models that Keras 3 has quantized, with the outputs that it then computes.

    python make.py

Needs `pip install keras==3.15.1 tensorflow-cpu numpy`. Writes `NAME.keras` and `NAME.npz` (`in0`, `out0`) beside this file, for
`float8_mlp` also what the model computed before (`unrounded0`), and the weights of a model after `quantize("gptq")`, whose zero
points Keras does not save, with the architecture that it had before.
"""

import os

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", KERAS_BACKEND="tensorflow")

import keras
import numpy as np

L = keras.layers
Q = keras.quantizers
HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def mlp(first=24, inputs=20):
    x = keras.Input((inputs,), name="x")
    y = L.Dense(first, activation="relu", name="d1")(x)
    return keras.Model(x, L.Dense(5, name="d2")(y))


def convolution():
    x = keras.Input((8, 8, 3), name="x")
    y = L.Flatten(name="f")(L.Conv2D(6, 3, activation="relu", name="c")(x))
    return keras.Model(x, L.Dense(4, name="d")(y))


def reversible():
    x = keras.Input((4,), dtype="int32", name="ids")
    embedding = L.ReversibleEmbedding(30, 8, name="re")
    y = L.Dense(8, activation="tanh", name="d")(embedding(x))
    return keras.Model(x, embedding(y, reverse=True))


def blocks():
    x = keras.Input((16,), dtype="int32", name="ids")
    block = keras.Sequential([L.Dense(24, activation="relu", name="f1"), L.Dense(16, name="f2")], name="block0")
    y = block(L.Embedding(40, 16, name="emb")(x))
    return keras.Model(x, L.Dense(40, name="head")(y))


def record(name, model, **quantization):
    rng = np.random.default_rng(2)
    for w in model.weights:
        w.assign(rng.normal(0, 0.4 if len(w.shape) > 1 else 0.1, w.shape).astype(np.float32))
    rng = np.random.default_rng(5)
    shape = (6,) + tuple(model.inputs[0].shape[1:])
    is_index = "int" in model.inputs[0].dtype
    x = rng.integers(0, 30, shape).astype(np.int32) if is_index else rng.normal(0, 1, shape).astype(np.float32)
    arrays = {"in0": x}
    if quantization.get("mode") == "float8":
        arrays["unrounded0"] = model.predict(x, verbose=0)
    model.quantize(**quantization)
    model.save(path(name + ".keras"))
    loaded = keras.models.load_model(path(name + ".keras"))
    np.savez_compressed(path(name + ".npz"), out0=loaded.predict(x, verbose=0), **arrays)


class Letters:
    def tokenize(self, text):
        return np.array([ord(c) % 40 for c in text])


def gptq():
    model = blocks()
    with open(path("gptq4.json"), "w") as file:
        file.write(model.to_json())
    rng = np.random.default_rng(9)
    structure = {
        "pre_block_layers": [model.get_layer("emb")],
        "sequential_blocks": [model.get_layer("block0")],
    }
    model.quantize(
        config=Q.GPTQConfig(
            dataset=[rng.integers(0, 40, (1, 16)).astype(np.int32) for _ in range(8)],
            tokenizer=Letters(), num_samples=8, sequence_length=16, group_size=8,
            quantization_layer_structure=structure,
        )
    )
    model.save_weights(path("gptq4.weights.h5"))


if __name__ == "__main__":
    record("int8_mlp", mlp(), mode="int8")
    record("int8_weightonly_mlp", mlp(), config=Q.Int8QuantizationConfig(activation_quantizer=None))
    record("int8_conv_dense", convolution(), mode="int8")
    record("int8_reversible", reversible(), mode="int8")
    record("int4_perchannel_mlp", mlp(25, 21), config=Q.Int4QuantizationConfig(block_size=-1))
    record("float8_mlp", mlp(), mode="float8")
    gptq()
