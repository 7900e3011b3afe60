"""Makes random models and records what Keras computes.

    python make_models.py {keras|tf_keras} FOLDER FIRST COUNT

For each seed from FIRST on: SEED.keras or SEED.h5, or SEED.json with SEED.weights.h5, and SEED.npz with in0, in1, ... and out0, ... of
two samples.
"""

import importlib
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np

from random_models import Generator

BATCH = 2


def save(model, generator, stem):
    """Writes the model in one of the forms in which users have theirs."""
    kind = generator.one("whole", "archive", "parts")
    if kind == "whole":
        model.save(f"{stem}.h5")
    elif kind == "archive":
        model.save(f"{stem}.keras")
    else:
        pathlib.Path(f"{stem}.json").write_text(model.to_json())
        model.save_weights(f"{stem}.weights.h5")


def make(keras, seed, folder):
    keras.backend.clear_session()
    generator = Generator(keras, seed)
    model = generator.model()
    if model is None:
        return
    generator.randomize(model)
    inputs = generator.samples(BATCH)
    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    outputs = [np.asarray(output) for output in (outputs if isinstance(outputs, (list, tuple)) else [outputs])]
    if not all(np.isfinite(output).all() and np.abs(output).max() < 1e4 for output in outputs):
        return
    save(model, generator, folder / str(seed))
    arrays = {f"in{index}": value for index, value in enumerate(inputs)}
    arrays |= {f"out{index}": value for index, value in enumerate(outputs)}
    np.savez(folder / f"{seed}.npz", **arrays)


def main():
    name, folder, first, count = sys.argv[1:]
    keras = importlib.import_module(name)
    for seed in range(int(first), int(first) + int(count)):
        try:
            make(keras, seed, pathlib.Path(folder))
        except Exception as error:
            print(f"{name} {seed}: Keras fails: {type(error).__name__}: {str(error)[:100]}", file=sys.stderr)


main()
