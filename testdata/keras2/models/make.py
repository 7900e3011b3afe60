"""Records whole-graph fixtures; see record/keras2.py for the files of each.

Functions that only differ in the pattern of layers around a batch normalization
or a padding are listed in `PATTERNS`; everything else is a function with the
name of its fixture. `python make.py [NAME ...]` records all or the named ones,
`older.py` then derives spellings of older Keras versions from some of them.
"""

import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
import numpy as np
from keras2 import L, keras, random_input, randomize, save, seeded

MODELS = {}
WHOLE = set()
BELOW = {}


def fixture(build):
    MODELS[build.__name__] = build
    return build


def whole(build):
    """Also records the whole-model file."""
    WHOLE.add(build.__name__)
    return fixture(build)


# MARK: sequential and nested models


@whole
def sequential():
    return keras.Sequential(
        [
            L.Conv2D(4, 3, padding="same", input_shape=(8, 8, 3)),
            L.BatchNormalization(),
            L.Activation("relu"),
            L.MaxPooling2D(),
            L.Flatten(),
            L.Dense(6, activation="relu"),
            L.Dropout(0.5),
            L.Dense(3, activation="softmax"),
        ]
    )


@fixture
def sequential_dense():
    return keras.Sequential([L.Dense(5, activation="tanh", input_dim=4), L.Dense(2)])


@fixture
def sequential_built_late():
    model = keras.Sequential([L.Conv1D(4, 3, activation="relu"), L.GlobalMaxPooling1D(), L.Dense(3)])
    model.build((None, 9, 2))
    model(np.zeros((1, 9, 2), np.float32))
    return model


@fixture
def sequential_in_sequential():
    inner = keras.Sequential([L.Conv2D(4, 3, input_shape=(7, 6, 2)), L.BatchNormalization(), L.ReLU()])
    head = keras.Sequential([L.Flatten(), L.Dense(5), L.BatchNormalization(), L.ReLU(), L.Dense(3)])
    return keras.Sequential([inner, L.MaxPooling2D(), head])


@whole
def functional():
    x = image = keras.Input((8, 8, 3), name="image")
    x = L.Conv2D(4, 3, activation="relu", name="first")(x)
    x = L.SeparableConv2D(6, 3, padding="same", name="second")(x)
    x = L.BatchNormalization(name="norm")(x)
    x = L.LeakyReLU(0.1, name="leaky")(x)
    x = L.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, L.Dense(4, name="logits")(x), name="functional")


@whole
def nested_sequential():
    body = keras.Sequential(
        [
            L.Conv2D(4, 3, padding="same", input_shape=(6, 6, 4)),
            L.BatchNormalization(),
            L.ReLU(),
            L.Conv2D(4, 3, padding="same"),
            L.BatchNormalization(),
        ],
        name="body",
    )
    image = keras.Input((6, 6, 3), name="image")
    x = L.Conv2D(4, 1, name="entry")(image)
    x = L.Add(name="sum")([body(x), x])
    x = L.Flatten(name="flat")(x)
    return keras.Model(image, L.Dense(3, name="head")(x), name="outer")


@whole
def nested_called_twice():
    x = inner_input = keras.Input((5,), name="features")
    x = L.Dense(6, name="inner_dense")(x)
    x = L.BatchNormalization(name="inner_norm")(x)
    x = L.Activation("elu", name="inner_elu")(x)
    inner = keras.Model(inner_input, L.Dense(4, name="inner_out")(x), name="tower")
    left, right = keras.Input((5,), name="left"), keras.Input((5,), name="right")
    a, b = inner(left), inner(right)
    joined = L.Concatenate(name="join")([a, b, L.Subtract(name="difference")([a, b])])
    return keras.Model([left, right], L.Dense(2, name="score")(joined), name="siamese")


@fixture
def nested_two_deep():
    x = a = keras.Input((6, 6, 2))
    x = L.Conv2D(3, 3, padding="same", name="deep_conv")(x)
    deepest = keras.Model(a, L.BatchNormalization(name="deep_norm")(x), name="deepest")
    x = b = keras.Input((6, 6, 2))
    x = L.ReLU(name="middle_relu")(deepest(x))
    x = L.Conv2D(2, 3, padding="same", name="middle_conv")(x)
    middle = keras.Model(b, L.BatchNormalization(name="middle_norm")(x), name="middle")
    x = c = keras.Input((6, 6, 2))
    x = middle(middle(x))
    return keras.Model(c, L.Dense(3, name="top_dense")(L.Flatten(name="flat")(x)), name="top")


@fixture
def nested_frozen():
    x = a = keras.Input((5,))
    frozen = L.Dense(6, name="frozen_dense")
    x = L.BatchNormalization(name="norm_a")(frozen(x))
    x = L.Dense(4, name="free_dense", activation="relu")(x)
    frozen_norm = L.BatchNormalization(name="frozen_norm")
    inner = keras.Model(a, frozen_norm(x), name="inner")
    frozen.trainable = False
    frozen_norm.trainable = False
    b = keras.Input((5,))
    return keras.Model(b, L.Dense(3, name="head")(inner(b)), name="outer")


@fixture
def nested_two_outputs():
    a, b = keras.Input((4,), name="p"), keras.Input((3,), name="q")
    dense = L.Dense(5, name="inner_p")(a)
    inner = keras.Model([a, b], [L.Dense(2, name="inner_q")(b), dense], name="pair")
    x, y = keras.Input((4,), name="x"), keras.Input((3,), name="y")
    first, second = inner([x, y])
    return keras.Model([x, y], [second, L.ReLU(name="positive")(first)], name="outer")


@fixture
def layer_in_two_models():
    """One layer of the outer model is also part of the inner one."""
    shared = L.Dense(4, activation="relu", name="shared")
    a = keras.Input((4,), name="a")
    inner = keras.Model(a, L.Dense(4, name="inner_dense")(shared(a)), name="inner")
    x = keras.Input((4,), name="x")
    return keras.Model(x, L.Add(name="sum")([shared(x), inner(x)]), name="outer")


@fixture
def equal_names_inside():
    """Names are unique within one model only."""
    a = keras.Input((6, 6, 2), name="x")
    inner = keras.Model(a, L.Conv2D(2, 3, padding="same", name="conv")(a), name="inner")
    x = keras.Input((6, 6, 2), name="x")
    y = inner(L.Conv2D(2, 3, activation="relu", name="conv")(L.ZeroPadding2D(name="pad")(x)))
    return keras.Model(x, L.Conv2D(3, 3, name="last")(y), name="outer")


@fixture
def model_as_first_layer():
    x = a = keras.Input((7, 7, 1))
    backbone = keras.Model(a, L.Conv2D(3, 3, activation="relu", name="conv")(x), name="backbone")
    return keras.Sequential([backbone, L.Flatten(name="flat"), L.Dense(4, name="dense")], name="stack")


# MARK: graphs


@fixture
def shared_dense():
    shared = L.Dense(4, activation="tanh", name="shared")
    x = keras.Input((4,), name="x")
    once = shared(x)
    twice = shared(once)
    return keras.Model(x, L.Add(name="sum")([once, twice, shared(twice)]), name="shared_dense")


@whole
def shared_conv():
    conv, norm = L.Conv2D(3, 3, padding="same", name="conv"), L.BatchNormalization(name="norm")
    left, right = keras.Input((6, 5, 3), name="left"), keras.Input((6, 5, 3), name="right")
    a, b = norm(conv(left)), conv(norm(right))
    return keras.Model([right, left], L.Concatenate(name="join")([a, b]), name="shared_conv")


@whole
def several_inputs_outputs():
    zebra = keras.Input((4,), name="zebra")
    apple = keras.Input((6, 5, 2), name="apple")
    mango = keras.Input((3, 4), name="mango")
    pooled = L.GlobalMaxPooling2D(name="pooled")(apple)
    joined = L.Concatenate(name="joined")([pooled, zebra])
    yak = L.Dense(3, name="yak")(joined)
    ant = L.Conv2D(2, 3, name="ant")(apple)
    mule = L.Multiply(name="mule")([mango, zebra])
    return keras.Model([zebra, apple, mango], [yak, mule, ant], name="several")


@fixture
def input_is_output():
    x = keras.Input((5,), name="x")
    return keras.Model(x, [x, L.Dense(3, name="dense")(x)], name="through")


@fixture
def same_output_twice():
    x = keras.Input((5,), name="x")
    y = L.Dense(3, name="dense")(x)
    return keras.Model(x, [y, L.ReLU(name="relu")(y), y], name="echo")


@fixture
def same_tensor_twice():
    x = keras.Input((4, 5, 3), name="x")
    y = L.Add(name="double")([x, x])
    y = L.Concatenate(name="pair")([y, y])
    return keras.Model(x, L.Multiply(name="square")([y, y]), name="same_tensor_twice")


@fixture
def branches():
    image = keras.Input((8, 8, 3), name="image")
    x = L.Conv2D(4, 3, strides=2, padding="same", name="stem")(image)
    a = L.Conv2D(4, 1, activation="relu", name="a1")(x)
    b = L.Conv2D(4, 3, padding="same", name="b1")(x)
    b = L.BatchNormalization(name="b_norm")(b)
    b = L.ReLU(name="b_relu")(b)
    c = L.AveragePooling2D(3, 1, padding="same", name="c_pool")(x)
    joined = L.Concatenate(name="joined")([a, b, c])
    return keras.Model(image, L.Conv2D(3, 1, name="out")(joined), name="branches")


@fixture
def residual():
    image = keras.Input((8, 8, 3), name="image")
    x = L.ReLU(name="r0")(L.BatchNormalization(name="n0")(L.Conv2D(4, 3, padding="same", name="c0")(image)))
    y = L.ReLU(name="r1")(L.BatchNormalization(name="n1")(L.Conv2D(6, 3, 2, padding="same", name="c1")(x)))
    y = L.BatchNormalization(name="n2")(L.Conv2D(6, 3, padding="same", name="c2")(y))
    s = L.BatchNormalization(name="ns")(L.Conv2D(6, 1, 2, padding="same", name="cs")(x))
    x = L.ReLU(name="r2")(L.Add(name="sum")([y, s]))
    y = L.BatchNormalization(name="n3")(x)
    y = L.Conv2D(6, 3, padding="same", name="c3")(L.ReLU(name="r3")(y))
    x = L.Add(name="sum2")([x, y])
    return keras.Model(image, L.Dense(4, name="logits")(L.GlobalAveragePooling2D(name="gap")(x)), name="residual")


@fixture
def inverted_residual():
    image = keras.Input((8, 8, 4), name="image")
    x = L.Conv2D(8, 1, use_bias=False, name="expand")(image)
    x = L.ReLU(6.0, name="expand_relu")(L.BatchNormalization(name="expand_norm")(x))
    x = L.DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise")(x)
    x = L.ReLU(6.0, name="depthwise_relu")(L.BatchNormalization(name="depthwise_norm")(x))
    x = L.Conv2D(4, 1, use_bias=False, name="project")(x)
    x = L.BatchNormalization(name="project_norm")(x)
    return keras.Model(image, L.Add(name="sum")([image, x]), name="inverted_residual")


@fixture
def squeeze_excite():
    image = keras.Input((6, 6, 4), name="image")
    s = L.GlobalAveragePooling2D(keepdims=True, name="squeeze")(image)
    s = L.Conv2D(2, 1, activation="swish", name="reduce")(s)
    s = L.Conv2D(4, 1, activation="sigmoid", name="expand")(s)
    return keras.Model(image, L.Multiply(name="excite")([image, s]), name="squeeze_excite")


@fixture
def squeeze_excite_reshape():
    image = keras.Input((6, 6, 4), name="image")
    s = L.GlobalAveragePooling2D(name="squeeze")(image)
    s = L.Reshape((1, 1, 4), name="reshape")(s)
    s = L.Dense(2, activation="relu", name="reduce")(s)
    s = L.Dense(4, activation="hard_sigmoid", name="expand")(s)
    return keras.Model(image, L.Multiply(name="excite")([image, s]), name="squeeze_excite_reshape")


@fixture
def operators():
    """Arithmetic on tensors, recorded as TFOpLambda layers."""
    x = keras.Input((5, 4, 3), name="x")
    y = L.Conv2D(3, 3, padding="same", name="conv")(x)
    hard = y * (L.ReLU(6.0, name="relu6")(y + 3.0) * (1.0 / 6.0))
    return keras.Model(x, [hard, (x + y) * 0.5], name="operators")


@fixture
def operators_constant_first():
    """The recorded first argument is a number where the tensor comes second."""
    x = keras.Input((5, 3), name="x")
    y = L.Dense(3, name="dense")(2.0 * x)
    return keras.Model(x, [1.0 - y, x - y, y / 4.0], name="operators_constant_first")


@fixture
def named_structure():
    """Inputs and outputs given as dictionaries; their order is that of the keys."""
    inputs = {"width": keras.Input((4,), name="width"), "age": keras.Input((3,), name="age")}
    joined = L.Concatenate(name="joined")([inputs["width"], inputs["age"]])
    outputs = {"risk": L.Dense(2, name="risk")(joined), "cost": L.Dense(3, name="cost")(joined)}
    return keras.Model(inputs, outputs, name="named_structure")


@fixture
def encoder_decoder():
    image = keras.Input((8, 8, 2), name="image")
    a = L.Conv2D(4, 3, padding="same", activation="relu", name="down1")(image)
    b = L.Conv2D(6, 3, 2, padding="same", activation="relu", name="down2")(a)
    c = L.Conv2DTranspose(4, 3, 2, padding="same", name="up1")(b)
    c = L.ReLU(name="up1_relu")(L.BatchNormalization(name="up1_norm")(c))
    d = L.UpSampling2D(2, interpolation="bilinear", name="up2")(b)
    joined = L.Concatenate(name="skip")([a, c, d])
    return keras.Model(image, L.Conv2D(1, 1, activation="sigmoid", name="mask")(joined), name="encoder_decoder")


@fixture
def channels_first():
    first = {"data_format": "channels_first"}
    x = image = keras.Input((3, 8, 6), name="image")
    x = L.Conv2D(4, 3, padding="same", name="conv1", **first)(x)
    x = L.ReLU(name="relu1")(L.BatchNormalization(axis=1, name="norm1")(x))
    x = L.MaxPooling2D(name="pool1", **first)(x)
    x = L.DepthwiseConv2D(3, padding="same", name="conv2", **first)(x)
    x = L.ReLU(name="relu2")(L.BatchNormalization(axis=1, name="norm2")(x))
    x = L.Concatenate(axis=1, name="join")([x, L.AveragePooling2D(3, 1, "same", name="pool2", **first)(x)])
    x = L.Flatten(name="flat", **first)(x)
    return keras.Model(image, L.Dense(3, name="logits")(x), name="channels_first")


@fixture
def channels_first_flatten_last():
    """Flatten keeps its default data_format, so the channels stay outermost."""
    x = image = keras.Input((3, 6, 5), name="image")
    x = L.Conv2D(4, 3, data_format="channels_first", activation="relu", name="conv")(x)
    x = L.BatchNormalization(axis=1, name="norm")(x)
    return keras.Model(image, L.Dense(3, name="logits")(L.Flatten(name="flat")(x)), name="first_last")


@fixture
def text_cnn():
    x = tokens = keras.Input((12,), dtype="int32", name="tokens")
    x = L.Embedding(20, 6, name="embed")(x)
    x = L.SpatialDropout1D(0.2, name="drop")(x)
    a = L.GlobalMaxPooling1D(name="max3")(L.Conv1D(4, 3, activation="relu", name="conv3")(x))
    b = L.GlobalMaxPooling1D(name="max5")(L.Conv1D(4, 5, activation="relu", name="conv5")(x))
    x = L.Concatenate(name="join")([a, b])
    return keras.Model(tokens, L.Dense(2, activation="softmax", name="label")(x), name="text_cnn")


BELOW["text_cnn"] = 20


@fixture
def slashed_names():
    """Layer names with slashes, which are paths inside the HDF5 file."""
    x = image = keras.Input((6, 6, 2), name="image")
    x = L.Conv2D(3, 3, name="block/conv")(x)
    x = L.BatchNormalization(name="block/conv/norm")(x)
    x = L.ReLU(name="block/relu")(x)
    x = L.Conv2D(4, 3, name="block")(x)
    return keras.Model(image, L.Dense(2, name="head/dense")(L.Flatten(name="head")(x)), name="slashed")


@fixture
def fixed_batch():
    x = keras.Input((5, 4), batch_size=1, name="x")
    y = L.Reshape((4, 5), name="reshape")(x)
    return keras.Model(x, L.Dense(3, name="dense")(y), name="fixed_batch")


@fixture
def time_series():
    x = series = keras.Input((12, 2), name="series")
    for index, dilation in enumerate((1, 2, 4)):
        y = L.Conv1D(4, 2, padding="causal", dilation_rate=dilation, name=f"causal{index}")(x)
        y = L.ReLU(name=f"relu{index}")(L.BatchNormalization(name=f"norm{index}")(y))
        skip = L.Conv1D(4, 1, name=f"skip{index}")(x)
        x = L.Add(name=f"sum{index}")([y, skip])
    return keras.Model(series, L.Dense(2, name="out")(x), name="time_series")


@fixture
def mlp():
    widths = [(384, "elu"), (384, "elu"), (256, "elu"), (128, "elu"), (32, "tanh")]
    model = keras.Sequential([L.InputLayer((256,))], name="mlp")
    for width, activation in widths:
        model.add(L.Dense(width, activation=activation))
    return model


@whole
def audio_cnn():
    model = keras.Sequential([L.InputLayer((43, 40, 1))], name="audio_cnn")
    for filters in (16, 32):
        model.add(L.Conv2D(filters, 3))
        model.add(L.BatchNormalization())
        model.add(L.ReLU())
        model.add(L.MaxPooling2D(padding="same"))
    model.add(L.GlobalAveragePooling2D())
    model.add(L.Dense(4, activation="softmax"))
    assert model.count_params() == 5124
    return model


# MARK: chains of layers around a batch normalization, a padding or a scaling

IMAGE = (8, 8, 3)
PATTERNS = {
    "conv_bn_relu": (IMAGE, lambda: [L.Conv2D(4, 3), L.BatchNormalization(), L.ReLU()]),
    "conv_bn_relu6": (IMAGE, lambda: [L.Conv2D(4, 3, use_bias=False), L.BatchNormalization(), L.ReLU(6.0)]),
    "conv_bn_swish": (IMAGE, lambda: [L.Conv2D(4, 3), L.BatchNormalization(), L.Activation("swish")]),
    "conv_bn_bn": (IMAGE, lambda: [L.Conv2D(4, 3), L.BatchNormalization(), L.BatchNormalization()]),
    "conv_bn_wrong_axis": (IMAGE, lambda: [L.Conv2D(4, 3), L.BatchNormalization(axis=1)]),
    "conv_bn_no_scale": (IMAGE, lambda: [L.Conv2D(4, 3), L.BatchNormalization(scale=False, center=False)]),
    "conv_relu_bn": (IMAGE, lambda: [L.Conv2D(4, 3, activation="relu"), L.BatchNormalization()]),
    "conv_groups_bn": ((6, 6, 4), lambda: [L.Conv2D(6, 3, groups=2), L.BatchNormalization()]),
    "conv_dropout_bn": (IMAGE, lambda: [L.Conv2D(4, 3), L.Dropout(0.3), L.BatchNormalization()]),
    "conv_max_pool_bn": (IMAGE, lambda: [L.Conv2D(4, 3), L.MaxPooling2D(), L.BatchNormalization()]),
    "conv_average_pool_bn": (IMAGE, lambda: [L.Conv2D(4, 3), L.AveragePooling2D(), L.BatchNormalization()]),
    "conv_flatten_bn": ((5, 5, 2), lambda: [L.Conv2D(3, 3), L.Flatten(), L.BatchNormalization()]),
    "conv_reshape_bn": ((5, 5, 2), lambda: [L.Conv2D(4, 3), L.Reshape((9, 4)), L.BatchNormalization()]),
    "conv_pad_bn": (IMAGE, lambda: [L.Conv2D(4, 3), L.ZeroPadding2D(), L.BatchNormalization()]),
    "conv_global_pool_bn_dense": (
        IMAGE,
        lambda: [L.Conv2D(4, 3), L.GlobalAveragePooling2D(), L.BatchNormalization(), L.Dense(3)],
    ),
    "conv1d_bn_relu": ((9, 3), lambda: [L.Conv1D(4, 3, padding="same"), L.BatchNormalization(), L.ReLU()]),
    "conv3d_bn_relu": ((4, 5, 4, 2), lambda: [L.Conv3D(3, 2), L.BatchNormalization(), L.ReLU()]),
    "bn_conv_valid": (IMAGE, lambda: [L.BatchNormalization(), L.Conv2D(4, 3)]),
    "bn_conv_same": (IMAGE, lambda: [L.BatchNormalization(), L.Conv2D(4, 3, padding="same")]),
    "bn_conv_same_pointwise": (IMAGE, lambda: [L.BatchNormalization(), L.Conv2D(4, 1, padding="same")]),
    "bn_conv_same_no_center": (
        IMAGE,
        lambda: [L.BatchNormalization(center=False), L.Conv2D(4, 3, strides=2, padding="same")],
    ),
    "bn_relu_conv": (IMAGE, lambda: [L.BatchNormalization(), L.ReLU(), L.Conv2D(4, 3)]),
    "bn_pad_conv": (IMAGE, lambda: [L.BatchNormalization(), L.ZeroPadding2D(), L.Conv2D(4, 3)]),
    "bn_conv_groups": ((6, 6, 4), lambda: [L.BatchNormalization(), L.Conv2D(6, 3, groups=2)]),
    "bn_depthwise_valid": (IMAGE, lambda: [L.BatchNormalization(), L.DepthwiseConv2D(3, depth_multiplier=2)]),
    "bn_depthwise_same": (IMAGE, lambda: [L.BatchNormalization(), L.DepthwiseConv2D(3, padding="same")]),
    "bn_separable_valid": (IMAGE, lambda: [L.BatchNormalization(), L.SeparableConv2D(4, 3)]),
    "bn_conv_transpose": ((5, 5, 3), lambda: [L.BatchNormalization(), L.Conv2DTranspose(4, 3, strides=2)]),
    "bn_dense": ((6,), lambda: [L.BatchNormalization(), L.Dense(4)]),
    "bn_flatten_dense": ((4, 5, 3), lambda: [L.BatchNormalization(), L.Flatten(), L.Dense(4)]),
    "bn_dropout_flatten_dense": (
        (4, 5, 3),
        lambda: [L.BatchNormalization(), L.Dropout(0.2), L.Flatten(), L.Dropout(0.2), L.Dense(4)],
    ),
    "bn_alone": (IMAGE, lambda: [L.BatchNormalization()]),
    "bn_relu": (IMAGE, lambda: [L.MaxPooling2D(3, 1), L.BatchNormalization(), L.ReLU()]),
    "dense_bn": ((6,), lambda: [L.Dense(5), L.BatchNormalization(), L.ReLU()]),
    "dense_no_bias_bn": ((6,), lambda: [L.Dense(5, use_bias=False), L.BatchNormalization(), L.ReLU()]),
    "dense_rank3_bn": ((4, 6), lambda: [L.Dense(5), L.BatchNormalization(), L.Activation("tanh")]),
    "dense_elu_bn_dense": ((6,), lambda: [L.Dense(5, activation="elu"), L.BatchNormalization(), L.Dense(4)]),
    "dense_reshape_bn_conv": (
        (5,),
        lambda: [L.Dense(24), L.Reshape((3, 4, 2)), L.BatchNormalization(), L.ReLU(), L.Conv2DTranspose(2, 3, strides=2)],
    ),
    "depthwise_bn_relu6": (
        IMAGE,
        lambda: [L.DepthwiseConv2D(3, depth_multiplier=2, padding="same"), L.BatchNormalization(), L.ReLU(6.0)],
    ),
    "separable_bn_relu": (IMAGE, lambda: [L.SeparableConv2D(5, 3, padding="same"), L.BatchNormalization(), L.ReLU()]),
    "separable_no_bias_bn": (IMAGE, lambda: [L.SeparableConv2D(5, 3, use_bias=False), L.BatchNormalization()]),
    "transposed_bn_relu": (
        (4, 5, 3),
        lambda: [L.Conv2DTranspose(4, 3, strides=2, padding="same"), L.BatchNormalization(), L.ReLU()],
    ),
    "pad_conv_is_same": (IMAGE, lambda: [L.ZeroPadding2D(1), L.Conv2D(4, 3)]),
    "pad_conv_strides_2_is_same": (
        IMAGE, lambda: [L.ZeroPadding2D(((0, 1), (0, 1))), L.Conv2D(4, 3, strides=2)],
    ),
    "pad_conv_strides_2_is_not_same": (IMAGE, lambda: [L.ZeroPadding2D(1), L.Conv2D(4, 3, strides=2)]),
    "pad_conv_odd_strides_2_is_same": (
        (9, 9, 3), lambda: [L.ZeroPadding2D(1), L.Conv2D(4, 3, strides=2)],
    ),
    "pad_depthwise_strides_2": (
        IMAGE, lambda: [L.ZeroPadding2D(((0, 1), (0, 1))), L.DepthwiseConv2D(3, strides=2)],
    ),
    "pad_conv_7_bn_relu_pad_pool": (
        (12, 12, 3),
        lambda: [
            L.ZeroPadding2D(3), L.Conv2D(4, 7, strides=2), L.BatchNormalization(), L.ReLU(),
            L.ZeroPadding2D(1), L.MaxPooling2D(3, strides=2),
        ],
    ),
    "pad_max_pool": (IMAGE, lambda: [L.ZeroPadding2D(1), L.MaxPooling2D(3)]),
    "pad_average_pool": (IMAGE, lambda: [L.ZeroPadding2D(1), L.AveragePooling2D(3, strides=1)]),
    "pad_pad_conv": (IMAGE, lambda: [L.ZeroPadding2D(1), L.ZeroPadding2D(((0, 1), (1, 0))), L.Conv2D(4, 3)]),
    "rescaling_conv_valid": (IMAGE, lambda: [L.Rescaling(2.0, -1.0), L.Conv2D(4, 3)]),
    "rescaling_conv_same": (IMAGE, lambda: [L.Rescaling(2.0, -1.0), L.Conv2D(4, 3, padding="same")]),
    "rescaling_only_scale_conv_same": (IMAGE, lambda: [L.Rescaling(0.5), L.Conv2D(4, 3, padding="same")]),
    "rescaling_flatten_dense": ((4, 4, 2), lambda: [L.Rescaling(2.0, -1.0), L.Flatten(), L.Dense(4)]),
    "rescaling_normalization_pad_conv": (
        IMAGE,
        lambda: [
            L.Rescaling(0.5, 0.2), L.Normalization(mean=[0.4, 0.5, 0.6], variance=[0.3, 0.2, 0.4]),
            L.ZeroPadding2D(((0, 1), (0, 1))), L.Conv2D(4, 3, strides=2),
        ],
    ),
    "normalization_dense": (
        (3,), lambda: [L.Normalization(mean=[0.4, -0.5, 2.0], variance=[0.3, 2.0, 1.4]), L.Dense(4)],
    ),
    "permute_pair": (
        (4, 5, 3), lambda: [L.Permute((3, 1, 2)), L.ReLU(), L.Permute((2, 3, 1)), L.Conv2D(2, 3)],
    ),
    "reshape_chain": (
        (4, 6), lambda: [L.Reshape((2, 12)), L.Flatten(), L.Reshape((3, 8)), L.Reshape((-1, 4)), L.Dense(3)],
    ),
    "dense_dense": ((6,), lambda: [L.Dense(5), L.Dense(4)]),
    "activation_layers": (
        IMAGE, lambda: [L.Conv2D(4, 3), L.Activation("linear"), L.Activation("relu"), L.ReLU(), L.ReLU(6.0)],
    ),
}


def chain(shape, make_layers):
    value = tensor = keras.Input(shape, name="x")
    for layer in make_layers():
        value = layer(value)
    return keras.Model(tensor, value, name="chain")


@fixture
def conv_with_two_users():
    """The second user sees the convolution before its normalization."""
    x = image = keras.Input(IMAGE, name="image")
    x = L.Conv2D(4, 3, name="conv")(x)
    y = L.BatchNormalization(name="norm")(x)
    return keras.Model(image, L.Concatenate(name="join")([x, L.ReLU(name="relu")(y)]), name="two_users")


@fixture
def conv_is_output_and_normalized():
    image = keras.Input(IMAGE, name="image")
    x = L.Conv2D(4, 3, name="conv")(image)
    return keras.Model(image, [L.BatchNormalization(name="norm")(x), x], name="early_output")


@fixture
def bn_with_two_convs():
    image = keras.Input(IMAGE, name="image")
    x = L.BatchNormalization(name="norm")(image)
    a, b = L.Conv2D(4, 3, name="a")(x), L.Conv2D(2, 3, name="b")(x)
    return keras.Model(image, L.Concatenate(name="join")([a, b]), name="bn_with_two_convs")


@fixture
def concatenate_bn_relu():
    """Dense blocks: a normalization that cannot fold into what comes before it."""
    image = keras.Input(IMAGE, name="image")
    a = L.Conv2D(3, 3, padding="same", name="a")(image)
    x = L.Concatenate(name="join")([image, a])
    x = L.ReLU(name="relu")(L.BatchNormalization(name="norm")(x))
    return keras.Model(image, L.Conv2D(2, 1, name="out")(x), name="dense_block")


@fixture
def add_bn_relu():
    image = keras.Input(IMAGE, name="image")
    a = L.Conv2D(4, 3, name="a")(image)
    b = L.Conv2D(4, 3, name="b")(image)
    x = L.BatchNormalization(name="norm")(L.Add(name="sum")([a, b]))
    return keras.Model(image, L.ReLU(name="relu")(x), name="add_bn_relu")


@fixture
def equal_subgraphs():
    """The same computation spelled twice, and layers with equal weights."""
    x = keras.Input((6,), name="x")
    a, b = L.ReLU(name="relu_a")(x), L.ReLU(name="relu_b")(x)
    dense_a, dense_b = L.Dense(4, name="dense_a"), L.Dense(4, name="dense_b")
    a, b = dense_a(a), dense_b(b)
    return keras.Model(x, L.Multiply(name="product")([a, b]), name="equal_subgraphs")


for pattern, arguments in PATTERNS.items():
    MODELS[pattern] = lambda arguments=arguments: chain(*arguments)


def main():
    for name in sys.argv[1:] or MODELS:
        path = os.path.join(here, name)
        rng = seeded(path)
        model = MODELS[name]()
        randomize(model, rng)
        if name == "equal_subgraphs":
            model.get_layer("dense_b").set_weights(model.get_layer("dense_a").get_weights())
        inputs = [random_input(x, rng, 1.0, BELOW.get(name)) for x in model.inputs]
        if name in WHOLE:
            model.compile("adam", "mse")
            model.optimizer.build(model.trainable_variables)
        save(model, path, inputs, whole=name in WHOLE)
        print(name, file=sys.stderr)


if __name__ == "__main__":
    main()
