"""Records what real Keras 3 computes, as fixtures for the test suite.

Needs `pip install tensorflow-cpu keras h5py numpy`. Every `make.py` of a folder
lists its configurations. One configuration gives

    <config>.keras        the whole model, `model.save()`
    <config>.npz          in0, in1, ... (order of `model.inputs`, batch 2) and
                          out0, out1, ... (order of `model.outputs`, inference mode);
                          of a stateful model several batches in a row, one after
                          the other from its initial state
    <config>.other.npz    the same for batch 3 and other sizes of free dimensions,
                          if the model has such

and, where asked for, the same model in other containers:

    <config>.json         architecture, `model.to_json()`, with
    <config>.weights.h5   weights, `model.save_weights()`
    <config>.whole.h5     `model.save()` in the legacy HDF5 layout

Archives beside other containers are as Keras writes them, with stored members; the
rest is compressed.
"""

import os
import zlib

from record import BATCH, check, deflate, in_calls, is_kept, np, one_for_each, seed_of, tell, write

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow as tf

L = keras.layers
ops = keras.ops


def randomize(model, rng):
    """Gives every weight of `model` a random value of a healthy magnitude."""
    for variable in model.weights:
        name = variable.name
        shape = tuple(variable.shape)
        if name in ("gamma", "scale"):
            value = rng.uniform(0.5, 1.5, shape)
        elif name in ("moving_variance", "variance"):
            value = rng.uniform(0.3, 2.0, shape)
        elif name in ("moving_mean", "mean", "embeddings", "reverse_embeddings"):
            value = rng.normal(0, 1, shape)
        elif name in ("count", "real_kernel", "imag_kernel"):
            continue
        elif name in ("bias", "beta", "alpha"):
            value = rng.normal(0, 0.3, shape)
        else:
            fan_in = max(1, int(np.prod(shape[:-1])))
            if name == "depthwise_kernel" or "depthwise" in variable.path:
                fan_in = max(1, int(np.prod(shape[:-2])))
            elif "attention" in variable.path and "output" not in variable.path and shape:
                fan_in = shape[0] / 2
            value = rng.normal(0, 1.3 / np.sqrt(fan_in), shape)
        variable.assign(value.astype(variable.dtype))


def run(model, inputs, calls=1):
    """Outputs of `model` in inference mode, as a list; those of all calls in a row.

    Configurations which the plain CPU kernels refuse are computed by the XLA compiler.
    """
    if calls > 1:
        reset_states(model)
        return in_calls(lambda part: run(model, part), inputs, calls)
    tensors = [tf.constant(x) for x in inputs]
    structure = getattr(model, "_inputs_struct", model.inputs[0])
    argument = tf.nest.pack_sequence_as(structure, tensors)
    try:
        result = model(argument, training=False)
    except Exception:
        compiled = tf.function(lambda x: model(x, training=False), jit_compile=True)
        result = compiled(argument)
    return [np.asarray(y) for y in tf.nest.flatten(result)]


def declared(model, outputs):
    """The outputs in the types that the model declares, from which some layers depart when they run."""
    return [y.astype(x.dtype) for x, y in zip(model.outputs, outputs)]


def reset_states(model):
    """Sets the states of all layers to zero, those inside wrappers too."""
    for layer in model._flatten_layers():
        for state in keras.tree.flatten(getattr(layer, "states", None)):
            if state is not None:
                state.assign(np.zeros(state.shape))


def random_input(tensor, shape, rng, scale, below):
    if below is not None:
        return rng.integers(0, below, shape).astype(tensor.dtype)
    if tensor.dtype == "bool":
        value = rng.integers(0, 2, shape).astype(bool)
        value[..., 0] = True
        return value
    return (scale * rng.normal(0, 1, shape)).astype(tensor.dtype)


def save(model, path, inputs, parts=False, whole=False, minimum_std=0.05, outputs=None, reload=True,
         calls=1):
    """Writes the files of one configuration after checking them."""
    if outputs is None:
        outputs = declared(model, run(model, inputs, calls))
    check(path, outputs, minimum_std)
    model.save(path + ".keras")
    if parts:
        with open(path + ".json", "w") as file:
            file.write(model.to_json())
        model.save_weights(path + ".weights.h5")
    if whole:
        model.save(path + ".whole.h5")
    if not parts and not whole:
        deflate(path + ".keras")
    if reload:
        again = run(keras.saving.load_model(path + ".keras", compile=False), inputs, calls)
        for expected, found in zip(outputs, again):
            assert np.allclose(expected, found, atol=1e-5), f"{path}: file does not reload"
    write(path + ".npz", inputs, outputs)


def larger(shapes):
    return [[n if n >= 0 else 3 - n for n in shape] for shape in shapes]


def save_other(model, path, shapes, scale, limits):
    """Records a model with free dimensions at batch 3 and other sizes."""
    rng = np.random.default_rng(zlib.crc32(os.path.basename(path).encode()) + 1)
    inputs = [
        random_input(x, [BATCH + 1] + list(shape), rng, scale, limit)
        for x, shape, limit in zip(model.inputs, shapes, limits)
    ]
    write(path + ".other.npz", inputs, declared(model, run(model, inputs)))


def seeded(path):
    """A generator that depends only on the folder and name of a configuration."""
    seed = seed_of(path)
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    return np.random.default_rng(seed)


def recorder(make_file):
    """Returns `(case, graph)`, both of which write beside `make_file`.

    `case(name, make_layer, *shapes, ...)`: `make_layer` builds the layer, or a list
    of layers to be applied in turn. `graph(name, function, *shapes, ...)`:
    `function` takes the input tensors and returns the outputs in any structure.
    `shapes` are the input shapes without batch; an extent -n is a free dimension,
    recorded with n elements, and with those of `other` (by default n + 3) in the
    second recording. `dtype` and `below` make inputs of integers in
    0..<below (each one value or a list, one per input), `scale` multiplies the
    normal inputs, `calls` is the number of batches given one after the other to a
    stateful model, whose batch is fixed, `zeros` lists the (sample, step) pairs of in0 to clear, `adapt`
    shows the layer such data first. Other options are those of `save`.
    """
    folder = os.path.dirname(os.path.abspath(make_file))

    def graph(
        name, function, *shapes, dtype="float32", below=None, scale=1.0, zeros=(), random=True,
        calls=1, other=None, **options,
    ):
        path = os.path.join(folder, name)
        is_free = any(n < 0 for shape in shapes for n in shape)
        limits = one_for_each(below, shapes)
        if is_kept(path + ".npz"):
            if is_free and not os.path.exists(path + ".other.npz"):
                model = keras.saving.load_model(path + ".keras", compile=False, safe_mode=False)
                save_other(model, path, other or larger(shapes), scale, limits)
            return
        rng = seeded(path)
        dtypes = one_for_each(dtype, shapes)
        inputs = [
            keras.Input(
                [None if n < 0 else n for n in shape], BATCH if calls > 1 else None,
                name=f"x{i}", dtype=dtypes[i],
            )
            for i, shape in enumerate(shapes)
        ]
        outputs = function(*inputs)
        model = keras.Model(inputs if len(inputs) > 1 else inputs[0], outputs, name="model")
        if random:
            randomize(model, rng)
        arrays = [
            random_input(x, [calls * BATCH] + [abs(n) for n in shape], rng, scale, limit)
            for x, shape, limit in zip(inputs, shapes, limits)
        ]
        for sample, step in zeros:
            arrays[0][sample, step] = 0
        save(model, path, arrays, calls=calls, **options)
        if is_free and calls == 1:
            save_other(model, path, other or larger(shapes), scale, limits)
        tell(path)

    def case(name, make_layer, *shapes, adapt=None, **options):
        def function(*inputs):
            layers = make_layer()
            layers = layers if isinstance(layers, (list, tuple)) else [layers]
            if adapt is not None:
                layers[0].adapt(adapt)
            value = list(inputs) if len(inputs) > 1 else inputs[0]
            for layer in layers:
                value = layer(value)
            return value

        graph(name, function, *shapes, random=adapt is None, **options)

    return case, graph
