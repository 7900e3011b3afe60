"""Records what real Keras 2 computes, as fixtures for the test suite.

Needs `pip install tensorflow-cpu tf_keras h5py numpy`, or a TensorFlow up to 2.15, whose
own Keras is taken if there is no tf_keras. Every `make.py` of a folder lists its
configurations. One configuration gives three files:

    <config>.json   architecture, `model.to_json()`
    <config>.h5     weights, `model.save_weights()` in the legacy HDF5 layout
    <config>.npz    in0, in1, ... (order of `model.inputs`, batch 2) and
                    out0, out1, ... (order of `model.outputs`, inference mode);
                    of a stateful model several batches in a row, one after the
                    other from its initial state

Some model fixtures also have `<config>.whole.h5`, the result of `model.save()`, or
`<config>.keras`, the same as an archive.
"""

import os

from record import BATCH, check, deflate, in_calls, is_kept, np, one_for_each, placed, seed_of, tell, write

import tensorflow as tf

try:
    import tf_keras as keras
except ImportError:
    keras = tf.keras

L = keras.layers
if keras is not getattr(tf, "keras", None):
    # Lambda layers are read back too.
    keras.__internal__.enable_unsafe_deserialization()


def randomize(model, rng):
    """Gives every weight of `model` a random value of a healthy magnitude."""
    for variable in model.weights:
        name = variable.name.split("/")[-1].split(":")[0]
        shape = tuple(variable.shape)
        if name == "gamma":
            value = rng.uniform(0.5, 1.5, shape)
        elif name == "moving_variance" or name == "variance":
            value = rng.uniform(0.3, 2.0, shape)
        elif name in ("moving_mean", "mean", "embeddings"):
            value = rng.normal(0, 1, shape)
        elif name == "count":
            continue
        elif name in ("bias", "beta", "alpha"):
            value = rng.normal(0, 0.3, shape)
        else:
            fan_in = max(1, int(np.prod(shape[:-1])))
            if name == "depthwise_kernel":
                fan_in = max(1, int(np.prod(shape[:-2])))
            value = rng.normal(0, 1.3 / np.sqrt(fan_in), shape)
        variable.assign(value.astype(variable.dtype.as_numpy_dtype))


def run(model, inputs, calls=1):
    """Outputs of `model` in inference mode, as a list; those of all calls in a row.

    Configurations which the plain CPU kernels refuse (channels_first, dilated
    3-D convolutions, ...) are computed by the XLA compiler.
    """
    if calls > 1:
        model.reset_states()
        return in_calls(lambda part: run(model, part), inputs, calls)
    tensors = [tf.constant(x) for x in inputs]
    argument = tensors if len(tensors) > 1 else tensors[0]
    try:
        result = model(argument, training=False)
    except Exception:
        compiled = tf.function(lambda x: model(x, training=False), jit_compile=True)
        result = compiled(argument)
    return [np.asarray(y) for y in tf.nest.flatten(result)]


def random_input(tensor, rng, scale, below, calls=1):
    shape = tuple(BATCH if n is None else n for n in tensor.shape)
    shape = (calls * shape[0],) + shape[1:]
    if below is not None:
        return rng.integers(0, below, shape).astype(tensor.dtype.as_numpy_dtype)
    if tensor.dtype.name == "bool":
        value = rng.integers(0, 2, shape).astype(bool)
        value[..., 0] = True
        return value
    return (scale * rng.normal(0, 1, shape)).astype(np.float32)


def save(model, path, inputs, whole=False, archive=False, parts=True, minimum_std=0.05, calls=1,
         reload=True):
    """Writes the files of one configuration after checking them.

    Without `reload`, for models that Keras itself cannot read back from JSON, nothing
    is checked; without `parts`, for weights whose names HDF5 cannot hold twice, there
    is an archive only.
    """
    outputs = run(model, inputs, calls)
    if reload or not parts:
        check(path, outputs, minimum_std)
    if parts:
        with open(path + ".json", "w") as file:
            file.write(model.to_json())
        model.save_weights(path + ".h5")
    write(path + ".npz", inputs, outputs)
    if whole:
        model.save(path + ".whole.h5")
    if archive or not parts:
        model.save(path + ".keras")
        deflate(path + ".keras")
    if not reload:
        return
    if parts:
        with open(path + ".json") as file:
            again = keras.models.model_from_json(file.read())
        again.load_weights(path + ".h5")
    else:
        again = keras.models.load_model(path + ".keras", compile=False)
    for expected, found in zip(outputs, run(again, inputs, calls)):
        assert np.allclose(expected, found, atol=1e-6), f"{path}: files do not reload"


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
    `function` takes the input tensors and returns one output or a list. `shapes` are
    the input shapes without batch; `dtype` and `below` (integers in 0..<below) are
    one value or, of a graph, a list, one per input; `scale` multiplies the normal
    inputs. `adapt` shows the layer such data first, `calls` is the number of batches
    given one after the other to a stateful model, whose batch is fixed, `zeros` lists
    the (sample, step) pairs of in0 to clear, `prepare(model, rng)` changes the random
    weights, `states_batch` fixes the batch. Without `reload` the files are not read
    back. Other options are those of `save`.
    """
    folder = os.path.dirname(os.path.abspath(make_file))

    def case(
        name, make_layer, *shapes, dtype="float32", below=None, scale=1.0,
        minimum_std=0.05, adapt=False, calls=1, **options,
    ):
        path = os.path.join(folder, name)
        if is_kept(path + ".npz"):
            return
        rng = seeded(path)
        inputs = [
            keras.Input(shape, BATCH if calls > 1 else None, name=f"x{i}", dtype=dtype)
            for i, shape in enumerate(shapes)
        ]
        layers = make_layer()
        layers = layers if isinstance(layers, (list, tuple)) else [layers]
        if adapt:
            layers[0].adapt(rng.normal(0.7, 1.6, (64,) + shapes[0]).astype(np.float32))
        value = inputs if len(inputs) > 1 else inputs[0]
        for layer in layers:
            value = layer(value)
        model = keras.Model(inputs, value, name="model")
        if not adapt:
            randomize(model, rng)
        arrays = [random_input(x, rng, scale, below, calls) for x in model.inputs]
        save(model, path, arrays, minimum_std=minimum_std, calls=calls, **options)
        tell(path)

    def graph(
        name, function, *shapes, dtype="float32", below=None, scale=1.0, zeros=(),
        minimum_std=0.05, reload=True, prepare=None, states_batch=False, **options,
    ):
        path = os.path.join(folder, name)
        if is_kept(path + ".npz"):
            return
        rng = seeded(path)
        inputs = [
            keras.Input(shape, BATCH if states_batch else None, name=f"x{i}", dtype=kind)
            for i, (shape, kind) in enumerate(zip(shapes, one_for_each(dtype, shapes)))
        ]
        model = keras.Model(inputs, function(*inputs), name="model")
        randomize(model, rng)
        if prepare:
            prepare(model, rng)
        limits = one_for_each(below, shapes)
        arrays = [random_input(x, rng, scale, limit) for x, limit in zip(model.inputs, limits)]
        for sample, step in zeros:
            arrays[0][sample, step] = 0
        save(model, path, arrays, minimum_std=minimum_std, reload=reload, **options)
        tell(path)

    return case, graph
