"""Records models in the file formats of one version of Keras.

    python record.py <folder> <case>

is run by `make.py` for each case in a process of its own, with the Keras of that
case on the path. `keras` is whatever version is installed there.
"""

import inspect
import os
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np

if os.environ.get("KERAS_MODULE") == "tf_keras":
    import tf_keras as keras
elif os.environ.get("KERAS_MODULE") == "tf":
    import tensorflow as tf
    keras = tf.keras
else:
    import keras

L = keras.layers
VERSION = getattr(keras, "__version__", "2")


def bn():
    return L.BatchNormalization()


def dense_chain():
    """Several layers of one class, a normalization between them."""
    return keras.Sequential([
        keras.Input((5,)), L.Dense(6, activation="relu"), L.Dense(6), bn(),
        L.Dense(6, activation="hard_sigmoid"), L.Dense(3),
    ])


def image():
    x = keras.Input((8, 7, 3))
    y = L.Conv2D(4, 3, padding="same", name="first")(x)
    y = bn()(y)
    y = L.ReLU()(y)
    z = L.DepthwiseConv2D(3, padding="same")(y)
    z = L.Conv2D(4, 1, use_bias=False)(z)
    y = L.Add()([y, z])
    y = L.SeparableConv2D(5, 2)(y)
    y = L.PReLU(shared_axes=[1, 2])(y)
    y = L.GlobalAveragePooling2D()(y)
    return keras.Model(x, L.Dense(3, activation="softmax")(y))


def nested():
    """Models in models, some called twice, one of them sequential."""
    a = keras.Input((4,), name="a")
    block = keras.Model(a, bn()(L.Dense(4, activation="tanh")(a)), name="block")
    chain = keras.Sequential([keras.Input((4,)), L.Dense(4), L.Dense(4)], name="chain")
    x = keras.Input((4,), name="x")
    y = keras.Input((4,), name="y")
    u = block(L.Dense(4)(x))
    v = block(y)
    w = chain(v)
    inner = keras.Input((4,), name="inner")
    deep = keras.Model(inner, chain(L.Dense(4)(inner)), name="deep")
    out = L.Concatenate()([u, v, w, chain(u), deep(w)])
    return keras.Model([x, y], [L.Dense(3)(out), block(w), chain(y)])


def towers():
    """Models called several times, each used in one graph only."""
    a = keras.Input((4,), name="a")
    block = keras.Model(a, bn()(L.Dense(4, activation="tanh")(a)), name="block")
    chain = keras.Sequential([keras.Input((4,)), L.Dense(4), L.Dense(4)], name="chain")
    x, y = keras.Input((4,), name="x"), keras.Input((4,), name="y")
    u = block(L.Dense(4)(x))
    w = chain(block(y))
    out = L.Concatenate()([u, w, chain(u)])
    return keras.Model([x, y], [L.Dense(3)(out), block(w), chain(y)])


def shared():
    """Layer objects that are used in a nested model and around it."""
    first, second, third = L.Dense(4, name="s1"), L.Dense(4, name="s2"), L.Dense(4, name="s3")
    a = keras.Input((4,))
    inner = keras.Model(a, second(first(a)), name="inner")
    x = keras.Input((4,))
    y = inner(L.Dense(4, name="before")(x))
    y = L.Activation("tanh")(first(y))
    y = third(y)
    y = L.Dense(4, name="after")(second(third(y)))
    return keras.Model(x, [y, third(x)])


def dictionaries():
    """Dictionaries of inputs and outputs, also of a nested model."""
    p, q = keras.Input((3,), name="p"), keras.Input((4,), name="q")
    s = L.Dense(5, name="s")(p)
    d = L.Dense(2, name="d")(q)
    inner = keras.Model({"q": q, "p": p}, {"s": s, "d": d}, name="inner")
    i, j = keras.Input((3,), name="b_input"), keras.Input((4,), name="a_input")
    r = inner({"p": i, "q": j})
    both = L.Concatenate()([r["s"], r["d"]])
    return keras.Model({"b_input": i, "a_input": j}, {"z": L.Dense(3)(both), "e": r["d"]})


def wide():
    """A chain of enough layers to reach numbers of two digits."""
    x = keras.Input((3,))
    y = x
    for index in range(12):
        y = L.Dense(3, activation="tanh" if index % 3 == 0 else None)(y)
    return keras.Model(x, y)


def frozen():
    """Layers that are not trained, outside and in a nested model."""
    a = keras.Input((4,))
    first, norm, last = L.Dense(4), bn(), L.Dense(4)
    inner = keras.Model(a, last(norm(L.ReLU()(first(a)))), name="inner")
    first.trainable = False
    x = keras.Input((4,))
    outer = L.Dense(4)
    outer.trainable = False
    return keras.Model(x, L.Dense(2)(inner(outer(x))))


def attention():
    x = keras.Input((6, 8))
    y = L.MultiHeadAttention(2, 3, value_dim=4)(x, x)
    return keras.Model(x, L.LayerNormalization()(L.Add()([x, y])))


def recurrent():
    x = keras.Input((5, 3))
    y = L.Bidirectional(L.LSTM(4, return_sequences=True))(x)
    y = L.TimeDistributed(L.Dense(4))(y)
    cells = [L.LSTMCell(3), L.GRUCell(4), L.LSTMCell(5)]
    y = L.RNN(cells, return_sequences=True)(y)
    return keras.Model(x, L.GRU(3)(L.SimpleRNN(4, return_sequences=True)(y)))


def distributed():
    """A model on every step."""
    a = keras.Input((4,))
    block = keras.Model(a, L.Dense(3)(bn()(L.Dense(4, activation="tanh")(a))), name="block")
    x = keras.Input((5, 4))
    return keras.Model(x, L.TimeDistributed(block)(L.Dense(4)(x)))


def spectral():
    x = keras.Input((6,))
    y = L.SpectralNormalization(L.Dense(4))(x)
    return keras.Model(x, L.UnitNormalization()(L.Dense(3)(y)))


def randomize(model, rng):
    for weight, variable in zip(model.get_weights(), model.weights):
        name = getattr(variable, "path", variable.name).split("/")[-1].split(":")[0]
        shape = weight.shape
        if name in ("gamma",):
            value = rng.uniform(0.5, 1.5, shape)
        elif name in ("moving_variance",):
            value = rng.uniform(0.3, 2.0, shape)
        elif len(shape) < 2:
            value = rng.normal(0, 0.4, shape)
        else:
            value = rng.normal(0, 1.3 / np.sqrt(max(1, np.prod(shape[:-1]))), shape)
        variable.assign(value.astype(weight.dtype))


def flat(value):
    if isinstance(value, dict):
        return [y for key in sorted(value) for y in flat(value[key])]
    if isinstance(value, (list, tuple)):
        return [y for element in value for y in flat(element)]
    return [np.asarray(value, dtype=np.float32)]


def check(case, form, outputs, reload):
    """Tells where Keras cannot read its own file."""
    try:
        same = all(np.allclose(a, b, atol=1e-5) for a, b in zip(outputs, reload()))
        problem = None if same else "other outputs"
    except Exception as error:
        problem = str(error).split("\n")[0]
    if problem:
        print(f"{case}.{form}: Keras reads its file with a fault: {problem}")


def record(folder, case, make, forms):
    """Saves the model that `make` returns in every form, checked by loading it again."""
    path = os.path.join(folder, case)
    rng = np.random.default_rng(zlib.crc32(case.encode()))
    keras.backend.clear_session()
    model = make()
    randomize(model, rng)
    inputs = [
        rng.normal(0, 1, (2,) + tuple(x.shape[1:])).astype(np.float32)
        for x in model.inputs
    ]
    names = [x.name.split(":")[0] for x in model.inputs]

    def call(model):
        if len(inputs) == 1:
            return flat(model(inputs[0], training=False))
        if "dictionaries" in case:
            return flat(model(dict(zip(names, inputs)), training=False))
        return flat(model(inputs, training=False))

    outputs = call(model)
    for output in outputs:
        assert np.all(np.isfinite(output)) and output.std() > 0.01, case
    arrays = {f"in{i}": x for i, x in enumerate(inputs)}
    arrays.update({f"out{i}": y for i, y in enumerate(outputs)})
    np.savez_compressed(path + ".npz", **arrays)
    for form in forms:
        if form == "json":
            with open(path + ".json", "w") as file:
                file.write(model.to_json())
        elif form == "weights.h5" or form == "legacy.h5":
            model.save_weights(f"{path}.{form}")
        else:
            model.save(f"{path}.{form}")
            check(case, form, outputs, lambda: call(
                keras.models.load_model(f"{path}.{form}", compile=False)))


if __name__ == "__main__":
    folder, prefix = sys.argv[1:3]
    for argument in sys.argv[3:]:
        name, forms = argument.split("=")
        record(folder, f"{prefix}_{name}", globals()[name], forms.split(","))
    print(VERSION, *sys.argv[2:])
