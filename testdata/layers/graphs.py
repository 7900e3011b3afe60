"""Records Keras 2 fixtures of layers with several call arguments and of operators.

The files are those of `record.py`; the model is given as a function of its inputs.
With MISSING=1 in the environment, configurations that have files are left alone.
"""

import os
import sys

import numpy as np
from record import BATCH, keras, random_input, randomize, run, save, seeded


def values(tensor, rng, scale, below):
    if tensor.dtype.name == "bool":
        shape = [BATCH if n is None else n for n in tensor.shape]
        found = rng.integers(0, 2, shape).astype(bool)
        found[..., 0] = True
        return found
    return random_input(tensor, rng, scale, below)


def write(model, path, inputs):
    """The files of a model which Keras itself cannot read back from JSON."""
    outputs = run(model, inputs)
    with open(path + ".json", "w") as file:
        file.write(model.to_json())
    model.save_weights(path + ".h5")
    arrays = {f"in{i}": x for i, x in enumerate(inputs)}
    arrays.update({f"out{i}": y for i, y in enumerate(outputs)})
    np.savez(path + ".npz", **arrays)


def recorder(make_file):
    """Returns `graph(name, function, *shapes, ...)` writing beside `make_file`.

    `function` takes the input tensors and returns one output or a list. `shapes`
    are the input shapes without batch; `dtype` and `below` (integers in 0..<below)
    are one value or a list, one per input; `scale` multiplies the normal inputs;
    `zeros` lists the (sample, step) pairs of in0 to clear. Without `reload` the files
    are not read back.
    """
    folder = os.path.dirname(os.path.abspath(make_file))

    def graph(
        name, function, *shapes, dtype="float32", below=None, scale=1.0, zeros=(),
        minimum_std=0.05, reload=True,
    ):
        path = os.path.join(folder, name)
        if os.environ.get("MISSING") and os.path.exists(path + ".npz"):
            return
        rng = seeded(path)
        dtypes = dtype if isinstance(dtype, (list, tuple)) else [dtype] * len(shapes)
        limits = below if isinstance(below, (list, tuple)) else [below] * len(shapes)
        inputs = [
            keras.Input(shape, name=f"x{i}", dtype=dtypes[i]) for i, shape in enumerate(shapes)
        ]
        model = keras.Model(inputs, function(*inputs), name="model")
        randomize(model, rng)
        arrays = [values(x, rng, scale, limit) for x, limit in zip(model.inputs, limits)]
        for sample, step in zeros:
            arrays[0][sample, step] = 0
        if reload:
            save(model, path, arrays, minimum_std=minimum_std)
        else:
            write(model, path, arrays)
        print(f"{os.path.basename(folder)}/{name}", file=sys.stderr)

    return graph
