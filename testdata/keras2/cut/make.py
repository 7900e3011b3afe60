"""Records small models that are converted with options on shapes, batches and layers.

Needs `pip install tensorflow-cpu tf_keras h5py numpy`. Each model is a whole file,
NAME.h5, with NAME.npz (in0, out0, …) if it can be run.
"""

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../record"))
import h5py
import numpy as np
from keras2 import L, keras, randomize, run, seeded, write

K = keras.backend


def stated_batch():
    """A model that states its batch."""
    return keras.Sequential([L.InputLayer(batch_input_shape=(32, 5)), L.Dense(3, activation="tanh"), L.Dense(2)])


def without_shape():
    """A Sequential whose file states no input shape."""
    return keras.Sequential([L.Dense(3, activation="tanh", input_shape=(5,)), L.Dense(2)])


def images_without_shape():
    return keras.Sequential([L.Conv2D(3, 3, input_shape=(8, 8, 2)), L.GlobalAveragePooling2D(), L.Dense(2)])


def ctc_loss():
    """A speech model with its loss as a Lambda and further inputs for it."""
    x, labels = L.Input((12, 4), name="speech"), L.Input((3,), name="labels")
    lengths = [L.Input((1,), name="input_length"), L.Input((1,), name="label_length")]
    y = L.Dense(5, activation="softmax", name="probabilities")(L.LSTM(6, return_sequences=True)(x))
    code = compile("lambda a: K.ctc_batch_cost(a[1], a[0], a[2], a[3])", "model.py", "eval")
    loss = L.Lambda(eval(code, {"K": K}), output_shape=(1,), name="ctc")([y, labels] + lengths)
    return keras.Model([x, labels] + lengths, loss)


def shared_twice():
    """A layer that is called twice, with two layers behind it."""
    x, y = L.Input((4,), name="x"), L.Input((4,), name="y")
    shared = L.Dense(3, activation="tanh", name="shared")
    a, b = L.Dense(2, name="a")(shared(x)), L.Dense(2, name="b")(shared(y))
    return keras.Model([x, y], L.Add(name="sum")([a, b]))


def unknown_global():
    """A Lambda that reads a variable that no file holds."""
    x = L.Input((4,))
    code = compile("lambda v: v * factor", "model.py", "eval")
    return keras.Model(x, L.Dense(2)(L.Lambda(eval(code, {"factor": 2.0}), name="scaled")(L.Dense(3)(x))))


def left_at_text():
    """A model that Keras stops to save at its first layer, a table of words."""
    words = L.TextVectorization(output_sequence_length=4, vocabulary=["a", "b", "c"])
    return keras.Sequential([L.InputLayer((1,), dtype="string"), words, L.Embedding(5, 3), L.Flatten(), L.Dense(2)])


def main():
    try:
        left_at_text().save(os.path.join(HERE, "left_at_text.h5"))
    except NotImplementedError:
        pass
    for make in (stated_batch, without_shape, images_without_shape, ctc_loss, shared_twice, unknown_global):
        path = os.path.join(HERE, make.__name__)
        rng = seeded(path)
        model = make()
        randomize(model, rng)
        if make is not ctc_loss:
            inputs = [rng.normal(0, 1, (32 if make is stated_batch else 2,) + tuple(i.shape[1:])).astype("float32") for i in model.inputs]
            write(path + ".npz", inputs, run(model, inputs))
        model.save(path + ".h5", include_optimizer=False)
        if make.__name__.endswith("without_shape"):
            with h5py.File(path + ".h5", "r+") as file:
                config = json.loads(file.attrs["model_config"])
                config["config"].pop("build_input_shape", None)
                config.pop("build_config", None)
                layers = [l for l in config["config"]["layers"] if l["class_name"] != "InputLayer"]
                for layer in layers:
                    layer["config"].pop("batch_input_shape", None)
                    layer.pop("build_config", None)
                config["config"]["layers"] = layers
                file.attrs["model_config"] = json.dumps(config)


if __name__ == "__main__":
    main()
