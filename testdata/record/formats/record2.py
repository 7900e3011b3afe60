"""Records small models with any version of Keras from 2.0 to 3, on TensorFlow or Theano.

    python record2.py <folder> <prefix> <forms> <case> ...

Forms are `keras`, `h5`, `json`, `weights.h5` and `legacy.h5`, separated by commas.
Runs on Python 3.6 and later. `KERAS_MODULE` tells where Keras is: `keras` (or
nothing), `tf` for `tensorflow.keras`, `tf_keras`. `KERAS_BACKEND=theano` records
with Theano 1.0, which trains kernels that are reversed. `make.py` lists what was
recorded with which versions.
"""

import os
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np

MODULE = os.environ.get("KERAS_MODULE")
if MODULE == "tf_keras":
    import tf_keras as keras
elif MODULE == "tf":
    import tensorflow
    keras = tensorflow.keras
else:
    import keras

L = keras.layers
IS_KERAS_3 = getattr(keras, "__version__", "2").startswith("3")


def source(*shape, **options):
    return L.Input(shape=shape, **options)


def sequential(shape, *layers):
    """A sequential model whose first layer states the shape, as older versions need it."""
    if IS_KERAS_3:
        return keras.models.Sequential([keras.Input(shape)] + [make() for make in layers])
    first, rest = layers[0], layers[1:]
    return keras.models.Sequential([first(input_shape=shape)] + [make() for make in rest])


def of(make, *arguments, **options):
    """A layer to be made later, perhaps with the shape of its input."""
    return lambda **more: make(*arguments, **dict(options, **more))


def chain():
    return sequential(
        (5,), of(L.Dense, 6, activation="relu"), of(L.Dense, 6), of(L.BatchNormalization),
        of(L.Dense, 6, activation="hard_sigmoid"), of(L.Dropout, 0.4),
        of(L.Dense, 3, activation="softmax"))


def image():
    return sequential(
        (9, 8, 3), of(L.Conv2D, 4, 3, padding="same", strides=(2, 1)), of(L.BatchNormalization),
        of(L.LeakyReLU), of(L.MaxPooling2D), of(L.ZeroPadding2D, ((1, 0), (0, 2))),
        of(L.Conv2D, 5, (2, 3), activation="tanh", use_bias=False), of(L.UpSampling2D),
        of(L.Conv2DTranspose, 3, 3, strides=2, padding="same"), of(L.PReLU, shared_axes=[1, 2]),
        of(L.AveragePooling2D, 2, padding="same"), of(L.Flatten), of(L.Dense, 3))


def first():
    """Channels first, which older versions flatten in stored order."""
    x = source(3, 7, 6)
    order = {"data_format": "channels_first"}
    y = L.Conv2D(4, (3, 2), padding="same", **order)(x)
    y = L.MaxPooling2D(**order)(L.BatchNormalization(axis=1)(y))
    return keras.models.Model(x, L.Dense(3)(L.Flatten()(y)))


def volume():
    return sequential(
        (5, 6, 7, 2), of(L.Conv3D, 3, (2, 2, 3)), of(L.MaxPooling3D, 2), of(L.ZeroPadding3D, 1),
        of(L.BatchNormalization), of(L.Flatten), of(L.Dense, 3))


def sequence():
    x = source(12, 5)
    y = L.Conv1D(5, 3, padding="same", activation="elu")(x)
    y = L.ZeroPadding1D(1)(L.UpSampling1D(2)(L.MaxPooling1D(2)(y)))
    y = L.SpatialDropout1D(0.3)(L.Conv1D(4, 2, padding="causal", dilation_rate=2)(y))
    return keras.models.Model(x, L.Dense(3)(L.GlobalMaxPooling1D()(y)))


def merges():
    a, b = source(4, name="a"), source(4, name="b")
    c, d = L.Dense(4, activation="tanh")(a), L.Dense(4)(b)
    parts = [make()([c, d]) for make in (
        L.Add, L.Multiply, L.Average, L.Maximum, L.Concatenate)] + [L.Dot(1)([c, d])]
    return keras.models.Model([a, b], [L.Dense(3)(L.Concatenate()(parts)), c])


def nested():
    """Models in models, one of them called inside another and around it."""
    a = source(4, name="na")
    block = keras.models.Model(a, L.BatchNormalization()(L.Dense(4, activation="tanh")(a)))
    pair = sequential((4,), of(L.Dense, 4), of(L.Dense, 4))
    x, y = source(4, name="x"), source(4, name="y")
    u, v = block(L.Dense(4)(x)), block(y)
    w = pair(v)
    inner = source(4, name="inner")
    deep = keras.models.Model(inner, pair(L.Dense(4)(inner)))
    out = L.Concatenate()([u, v, w, pair(u), deep(w)])
    return keras.models.Model([x, y], [L.Dense(3)(out), block(w), pair(y)])


def shared():
    """Layer objects that are used in a nested model and around it."""
    one, two, three = L.Dense(4, name="s1"), L.Dense(4, name="s2"), L.Dense(4, name="s3")
    a = source(4)
    inner = keras.models.Model(a, two(one(a)), name="inner")
    x = source(4)
    y = three(L.Activation("tanh")(one(inner(L.Dense(4, name="before")(x)))))
    y = L.Dense(4, name="after")(two(three(y)))
    return keras.models.Model(x, [y, three(x)])


def frozen():
    """A frozen model in a model in a model."""
    a = source(4)
    deep = keras.models.Model(a, L.Dense(4)(L.BatchNormalization()(a)), name="deep")
    b = source(4)
    y = L.Dense(4)(L.BatchNormalization()(deep(L.Dense(4)(b))))
    inner = keras.models.Model(b, y, name="inner")
    deep.trainable = False
    x = source(4)
    return keras.models.Model(x, L.Dense(2)(inner(L.Dense(4)(x))))


def recurrent():
    x = source(6, 4)
    y = L.LSTM(5, return_sequences=True)(L.Masking(0.0)(x))
    y = L.Bidirectional(L.GRU(3, return_sequences=True))(y)
    y = L.TimeDistributed(L.Dense(4, activation="tanh"))(y)
    y = L.LSTM(3, return_sequences=True, go_backwards=True)(y)
    return keras.models.Model(x, L.SimpleRNN(3)(y))


def conv_lstm():
    x = source(3, 5, 5, 2)
    y = L.ConvLSTM2D(3, 2, padding="same", return_sequences=True)(x)
    return keras.models.Model(x, L.Flatten()(L.ConvLSTM2D(2, 2)(y)))


def randomize(model, rng):
    values = []
    for variable in model.weights:
        old = np.asarray(variable) if IS_KERAS_3 else keras.backend.get_value(variable)
        name = getattr(variable, "path", variable.name).split("/")[-1].split(":")[0]
        if "gamma" in name:
            value = rng.uniform(0.5, 1.5, old.shape)
        elif "variance" in name:
            value = rng.uniform(0.3, 2.0, old.shape)
        elif old.ndim < 2:
            value = rng.normal(0, 0.4, old.shape)
        else:
            value = rng.normal(0, 1.3 / np.sqrt(np.prod(old.shape[:-1])), old.shape)
        values.append(value.astype(old.dtype))
    if IS_KERAS_3:
        for variable, value in zip(model.weights, values):
            variable.assign(value)
    else:
        keras.backend.batch_set_value(list(zip(model.weights, values)))


def record(path, make, forms):
    rng = np.random.RandomState(zlib.crc32(os.path.basename(path).encode()) & 0x7FFFFFFF)
    model = make()
    randomize(model, rng)
    shapes = [
        tuple(x.shape) if IS_KERAS_3 else keras.backend.int_shape(x) for x in model.inputs
    ]
    inputs = [rng.normal(0, 1, (2,) + shape[1:]).astype("float32") for shape in shapes]
    if "recurrent" in path:
        inputs[0][1, 4:] = 0
    outputs = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    for output in outputs:
        assert np.all(np.isfinite(output)) and output.std() > 0.01, path
    arrays = {"in%d" % i: x for i, x in enumerate(inputs)}
    arrays.update({"out%d" % i: np.asarray(y) for i, y in enumerate(outputs)})
    np.savez_compressed(path + ".npz", **arrays)
    for form in forms:
        if form == "json":
            with open(path + ".json", "w") as file:
                file.write(model.to_json())
        elif form in ("weights.h5", "legacy.h5"):
            model.save_weights(path + "." + form)
        else:
            model.save(path + "." + form)


if __name__ == "__main__":
    folder, prefix, forms = sys.argv[1:4]
    for case in sys.argv[4:]:
        record(os.path.join(folder, prefix + "_" + case), globals()[case], forms.split(","))
    print("recorded", prefix, *sys.argv[4:])
