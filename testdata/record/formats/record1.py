"""Records models with real Keras 1 on the TensorFlow of today, or on Theano.

    python record1.py <folder with keras 1.2.2> [case ...]
    KERAS_BACKEND=theano python record1.py <folder with keras 1.2.2> theano_first ...

Theano 1.0 needs Python 3.7 or older.
Keras 1 expects names that Python, NumPy and TensorFlow have since dropped; they are
put back here. Convolutions with the channels first are computed by XLA.
"""

import collections
import collections.abc
import inspect
import os
import sys
import types
import warnings
import zlib

BACKEND = os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
warnings.simplefilter("ignore")

import numpy as np

sys.modules["yaml"] = types.ModuleType("yaml")
if BACKEND == "theano":
    import theano.ifelse
else:
    import tensorflow
    from tensorflow.python.ops import control_flow_ops
    import tensorflow.python.training.moving_averages

    tf = tensorflow.compat.v1
    tf.disable_v2_behavior()
    sys.modules["tensorflow"] = tf
    control_flow_ops.while_loop = tf.while_loop
for name in ("Iterable", "Callable", "Mapping", "Sequence"):
    setattr(collections, name, getattr(collections.abc, name))
ArgSpec = collections.namedtuple("ArgSpec", "args varargs keywords defaults")
inspect.getargspec = lambda f: ArgSpec(*inspect.getfullargspec(f)[:4])
for name in ("float", "int", "bool", "object"):
    if name not in np.__dict__:
        setattr(np, name, getattr(types.SimpleNamespace(
            float=float, int=int, bool=bool, object=object), name))
for name in [m for m in sys.modules if m == "keras" or m.startswith("keras.")]:
    del sys.modules[name]
sys.path.insert(0, sys.argv[1])

import keras
from keras.layers import *
from keras import backend as K
from keras.models import Model, Sequential

assert keras.__version__.startswith("1."), keras.__version__
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../keras1/formats")


def dense():
    return Sequential([
        Dense(6, input_dim=5, activation="hard_sigmoid"), BatchNormalization(), Dropout(0.5),
        Highway(activation="tanh"), Dense(4, bias=False), ELU(0.7), GaussianNoise(0.1),
        MaxoutDense(3, nb_feature=2),
    ])


def image():
    return Sequential([
        Convolution2D(4, 3, 2, input_shape=(9, 8, 3), subsample=(2, 1), activation="relu"),
        ZeroPadding2D((1, 2)), BatchNormalization(), PReLU(), MaxPooling2D((2, 2)),
        AtrousConvolution2D(3, 2, 2, atrous_rate=(2, 2), border_mode="same"),
        UpSampling2D((2, 1)), Cropping2D(((1, 0), (0, 1))),
        SeparableConvolution2D(4, 2, 2, depth_multiplier=2), SReLU(),
        AveragePooling2D((2, 2), border_mode="same"), Flatten(), Dense(3, activation="softmax"),
    ])


def first():
    """Channels first, which padding layers do not state."""
    order = {"dim_ordering": "th"}
    return Sequential([
        Convolution2D(4, 3, 2, input_shape=(3, 7, 6), border_mode="same", **order),
        ZeroPadding2D((1, 0), **order), UpSampling2D((1, 2), **order),
        BatchNormalization(axis=1), Cropping2D(((1, 0), (0, 1)), **order),
        MaxPooling2D((2, 2), **order), Flatten(), Dense(3),
    ])


def shared():
    """Parameters shared along axes, which the architecture does not state."""
    return Sequential([
        Convolution2D(4, 3, 2, input_shape=(7, 6, 3)), PReLU(shared_axes=[1, 2]),
        PReLU(shared_axes=[2]), Flatten(), Dense(3),
    ])


def sample():
    """Normalization of each sample."""
    return Sequential([
        Dense(6, input_dim=5), BatchNormalization(mode=1), Dense(4), BatchNormalization(mode=0),
        Dense(3),
    ])


def theano_first():
    order = {"dim_ordering": "th"}
    return Sequential([
        Convolution2D(4, 3, 2, input_shape=(3, 7, 6), **order),
        BatchNormalization(axis=1), MaxPooling2D((2, 2), **order), Flatten(), Dense(3),
    ])


def theano_last():
    return Sequential([
        Convolution2D(4, 3, 2, input_shape=(7, 6, 3), subsample=(2, 1)), PReLU(shared_axes=[1]),
        AveragePooling2D((2, 2)), Flatten(), Dense(3),
    ])


def theano_volume():
    return Sequential([
        Convolution3D(3, 2, 2, 3, input_shape=(2, 5, 6, 7), dim_ordering="th"), Flatten(), Dense(3),
    ])


def theano_steps():
    """A convolution in a wrapper, and one along the steps."""
    order = {"dim_ordering": "th"}
    return Sequential([
        TimeDistributed(Convolution2D(3, 2, 2, **order), input_shape=(6, 2, 5, 4)),
        TimeDistributed(Flatten()), Convolution1D(4, 3), LSTM(3), Dense(2),
    ])


def sequence():
    return Sequential([
        Embedding(11, 6, input_length=12), Convolution1D(5, 3, border_mode="same"),
        MaxPooling1D(2, stride=2), UpSampling1D(2), ZeroPadding1D(1),
        Convolution1D(4, 2, subsample_length=2), ParametricSoftplus(), GlobalMaxPooling1D(),
        Dense(3),
    ])


def volume():
    return Sequential([
        Convolution3D(3, 2, 2, 3, input_shape=(5, 6, 7, 2)), MaxPooling3D((2, 2, 2)), Flatten(),
        Dense(3),
    ])


def up():
    return Sequential([
        Deconvolution2D(4, 3, 3, output_shape=(2, 8, 10, 4), subsample=(2, 2),
                        border_mode="same", batch_input_shape=(2, 4, 5, 3)),
        Convolution2D(2, 1, 1),
    ])


def merges():
    a, b = Input((4,), name="a"), Input((4,), name="b")
    c, d = Dense(4, activation="tanh")(a), Dense(4)(b)
    parts = [merge([c, d], mode=mode) for mode in ("sum", "mul", "ave", "max")]
    parts += [merge([c, d], mode="concat"), merge([c, d], mode="dot", dot_axes=1)]
    return Model([a, b], Dense(3)(merge(parts, mode="concat", concat_axis=-1)))


def functions():
    """Merges by functions, at the head of a chain too."""
    left, right = Sequential(), Sequential()
    left.add(Dense(5, input_dim=3, activation="tanh"))
    right.add(Dense(5, input_dim=4))
    model = Sequential()
    model.add(Merge(
        [left, right], mode=lambda x: K.exp(-K.abs(x[0] - x[1])), output_shape=lambda s: s[0]))
    model.add(Dense(4, activation="tanh"))
    a, b = Input((3,), name="a"), Input((4,), name="b")

    def product(x):
        first, second = x
        return first * K.relu(second)

    c, d = model([a, b]), Dense(4)(b)
    parts = [
        merge([c, d], mode=lambda x: x[0] - 0.5 * x[1], output_shape=lambda s: s[0]),
        merge([c, d], mode=product, output_shape=lambda s: s[0]),
        merge([c, d], mode=lambda x: K.sum(x[0] * x[1], axis=-1, keepdims=True),
              output_shape=lambda s: (s[0][0], 1)),
    ]
    return Model([a, b], Dense(3)(merge(parts, mode="concat", concat_axis=-1)))


def without_folder(code):
    """A code object that names its file without the folder, which differs from machine to machine."""
    constants = tuple(
        without_folder(c) if isinstance(c, types.CodeType) else c for c in code.co_consts)
    return code.replace(co_filename=os.path.basename(code.co_filename), co_consts=constants)


functions.__code__ = without_folder(functions.__code__)


def branches():
    left, right = Sequential(), Sequential()
    left.add(Dense(4, input_dim=3, activation="tanh"))
    left.add(Dense(5))
    right.add(Dense(5, input_dim=4))
    model = Sequential()
    model.add(Merge([left, right], mode="sum"))
    model.add(Dense(3))
    return model


def nested():
    block = Sequential([Dense(4, input_dim=4, activation="tanh"), BatchNormalization()])
    x, y = Input((4,)), Input((4,))
    a = Input((4,))
    inner = Model(a, [Dense(3)(block(a)), Dense(2)(a)])
    u, v = inner(block(x))
    return Model([x, y], [u, merge([v, block(y)], mode="concat")])


def recurrent():
    x = Input((6, 4))
    y = LSTM(5, return_sequences=True)(x)
    y = GRU(4, return_sequences=True, inner_activation="sigmoid")(y)
    y = Bidirectional(LSTM(3, return_sequences=True))(y)
    y = TimeDistributed(Dense(4))(y)
    y = LSTM(3, return_sequences=True, consume_less="gpu", go_backwards=True)(y)
    return Model(x, SimpleRNN(3)(y))


def randomize(model, rng):
    values = []
    for variable in model.weights:
        shape = keras.backend.get_value(variable).shape
        name = variable.name
        if "running_std" in name:
            value = rng.uniform(0.3, 2.0, shape)
        elif "gamma" in name:
            value = rng.uniform(0.5, 1.5, shape)
        elif len(shape) < 2:
            value = rng.normal(0, 0.4, shape)
        else:
            value = rng.normal(0, 1.3 / np.sqrt(max(1, np.prod(shape[:-1]))), shape)
        values.append(value.astype(np.float32))
    keras.backend.batch_set_value(list(zip(model.weights, values)))


def record(case):
    rng = np.random.default_rng(zlib.crc32(case.encode()))
    if BACKEND == "tensorflow":
        keras.backend.clear_session()
    model = globals()[case]()
    randomize(model, rng)
    path = os.path.join(FOLDER, f"k1_2_{case}")
    inputs = []
    for x in model.inputs:
        shape = (2,) + tuple(keras.backend.int_shape(x)[1:])
        inputs.append(
            rng.integers(0, 11, shape).astype(np.int32) if case == "sequence"
            else rng.normal(0, 1, shape).astype(np.float32))
    outputs = model.predict(inputs if len(inputs) > 1 else inputs[0], batch_size=2)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    for output in outputs:
        assert np.all(np.isfinite(output)) and output.std() > 0.01, case
    arrays = {f"in{i}": x for i, x in enumerate(inputs)}
    arrays.update({f"out{i}": y for i, y in enumerate(outputs)})
    np.savez_compressed(path + ".npz", **arrays)
    with open(path + ".json", "w") as file:
        file.write(model.to_json())
    model.save_weights(path + ".legacy.h5", overwrite=True)
    if case in ("branches", "nested", "shared", "theano_first"):
        model.save(path + ".h5")
    print("recorded", case)


CASES = {
    "tensorflow": "dense image first shared sample sequence volume up merges functions branches nested recurrent",
    "theano": "theano_first theano_last theano_volume theano_steps",
}
for case in sys.argv[2:] or CASES[BACKEND].split():
    record(case)
