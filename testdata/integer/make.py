"""Random single operators on integers, with what LiteRT's reference kernels compute.

Needs `pip install -r Tests/requirements.txt`. Writes an archive with the arrays NAME.model, which holds the
bytes of a file, NAME.in0, NAME.in1, ... and NAME.out0, ... for each case; a case that the runtime refuses is
left out and named on standard error.

    python make.py [ARCHIVE [SEED [ROUNDS [PREFIX]]]]

Without arguments the recorded archives beside this script are made again.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

TYPES = {"f32": 0, "f16": 1, "i32": 2, "u8": 3, "i64": 4, "bool": 6, "i16": 7, "i8": 9, "i4": 17}
RANGES = {"i8": (-128, 127), "u8": (0, 255), "i16": (-32768, 32767), "i4": (-8, 7)}
NUMPY = {
    "f32": np.float32, "i32": np.int32, "u8": np.uint8, "i64": np.int64, "i16": np.int16,
    "i8": np.int8, "bool": np.bool_, "f16": np.float16,
}


class Case:
    """A graph of one operator."""

    def __init__(self, random):
        self.random = random
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.buffers = [schema.BufferT()]
        self.model.operatorCodes = []
        self.graph = schema.SubGraphT()
        self.graph.tensors, self.graph.operators = [], []
        self.graph.inputs, self.graph.outputs = [], []
        self.types = []
        self.least = {}

    def tensor(self, shape, kind, scale=None, zero=0, data=None, axis=0, variable=False):
        tensor = schema.TensorT()
        tensor.shape, tensor.type, tensor.hasRank = [int(n) for n in shape], TYPES[kind], True
        tensor.name = f"t{len(self.graph.tensors)}".encode()
        tensor.isVariable = variable
        if data is not None:
            buffer = schema.BufferT()
            if kind == "i4":
                flat = np.asarray(data).ravel().astype(np.int16)
                flat = np.append(flat, 0) if flat.size % 2 else flat
                data = ((flat[0::2] & 15) | ((flat[1::2] & 15) << 4)).astype(np.uint8)
            buffer.data = np.frombuffer(np.ascontiguousarray(data).tobytes(), np.uint8)
            self.model.buffers.append(buffer)
            tensor.buffer = len(self.model.buffers) - 1
        if scale is not None:
            quantization = schema.QuantizationParametersT()
            quantization.scale = [float(s) for s in np.atleast_1d(scale)]
            quantization.zeroPoint = [int(zero)] * len(quantization.scale)
            quantization.quantizedDimension = axis
            tensor.quantization = quantization
        self.graph.tensors.append(tensor)
        self.types.append(kind)
        return len(self.graph.tensors) - 1

    def input(self, shape, kind, scale=None, zero=0, least=None):
        index = self.tensor(shape, kind, scale, zero)
        self.graph.inputs.append(index)
        if least is not None:
            self.least[index] = least
        return index

    def output(self, shape, kind, scale=None, zero=0):
        index = self.tensor(shape, kind, scale, zero)
        self.graph.outputs.append(index)
        return index

    def list(self, *values):
        return self.tensor([len(values)], "i32", data=np.array(values, np.int32))

    def operator(self, name, version, inputs, outputs, options=None, **fields):
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(schema.BuiltinOperator, name)
        code.deprecatedBuiltinCode = min(code.builtinCode, 127)
        code.version = version
        self.model.operatorCodes.append(code)
        operator = schema.OperatorT()
        operator.opcodeIndex = len(self.model.operatorCodes) - 1
        operator.inputs, operator.outputs = list(inputs), list(outputs)
        if options:
            operator.builtinOptions = getattr(schema, options + "OptionsT")()
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, options + "Options")
            for field, value in fields.items():
                setattr(operator.builtinOptions, field, value)
        self.graph.operators.append(operator)

    def bytes(self):
        self.model.subgraphs = [self.graph]
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())

    def values(self, index):
        """Random elements for an input."""
        shape, kind = self.graph.tensors[index].shape, self.types[index]
        if kind == "f32":
            return self.random.normal(0, 2, shape).astype(np.float32)
        if kind == "bool":
            return self.random.integers(0, 2, shape).astype(bool)
        if kind in ("i32", "i64"):
            return self.random.integers(0, 5, shape).astype(NUMPY[kind])
        low, high = RANGES[kind]
        return self.random.integers(self.least.get(index, low), high + 1, shape).astype(NUMPY[kind])

    # Parameters of the cases.

    def extent(self, low, high):
        return int(self.random.integers(low, high + 1))

    def one_of(self, *choices):
        return choices[self.random.integers(len(choices))]

    def scale(self, low=0.004, high=0.06):
        return np.float32(np.exp(self.random.uniform(np.log(low), np.log(high))))

    def step(self, kind, low=0.004, high=0.06):
        """A scale and a zero point of a type."""
        if kind == "i16":
            return np.float32(self.scale(low, high) / 256), 0
        low_zero, high_zero = RANGES[kind]
        span = high_zero - low_zero
        return self.scale(low, high), self.extent(low_zero + span // 4, high_zero - span // 4)

    def weights(self, shape, axis, kind="i8", per_channel=None):
        """A constant of weights and its scales."""
        low, high = (1, 255) if kind == "u8" else (-7, 7) if kind == "i4" else (-127, 127)
        data = self.random.integers(low, high + 1, shape)
        per_channel = self.random.random() < 0.7 if per_channel is None else per_channel
        count = shape[axis] if per_channel and kind != "u8" else 1
        scales = np.exp(self.random.uniform(np.log(0.002), np.log(0.02), count)).astype(np.float32)
        if kind == "i4":
            scales *= 15
        zero = self.extent(100, 150) if kind == "u8" else 0
        stored = data if kind == "i4" else data.astype(NUMPY[kind])
        return self.tensor(shape, kind, scales, zero, stored, axis), scales

    def bias(self, count, x_scale, scales, kind="i32", magnitude=3000):
        if self.random.random() < 0.2:
            return -1
        data = self.random.integers(-magnitude, magnitude + 1, count).astype(NUMPY[kind])
        return self.tensor([count], kind, (x_scale * scales).astype(np.float32), 0, data)

    def sum_step(self, kind, depth, x_scale, scales):
        """A scale and zero point for sums of products of full-range operands."""
        spread = 74 * 73 * np.sqrt(depth) * x_scale * np.max(scales) * (256 if kind == "i16" else 1)
        scale, zero = self.step(kind)
        factor = self.random.uniform(1.5, 4) / (32768 if kind == "i16" else 128)
        return np.float32(spread * factor), zero


def windows(extent, kernel, stride, dilation, padding):
    span = (kernel - 1) * dilation + 1
    return -(-extent // stride) if padding == 0 else (extent - span) // stride + 1


CASES = {}


def case(function):
    CASES[function.__name__] = function
    return function


def convolution(c, kind, weight_kind, bias_kind, depthwise):
    groups = 1 if depthwise else c.one_of(1, 1, 2)
    channels = c.extent(1, 5) * groups * c.one_of(1, 4)
    kh, kw, stride, padding = c.extent(1, 4), c.extent(1, 4), c.extent(1, 2), c.extent(0, 1)
    dilation = c.one_of(1, 1, 2) if stride == 1 and groups == 1 else 1
    height, width = c.extent(7, 12), c.extent(7, 12)
    batch = c.extent(1, 2)
    multiplier = c.one_of(1, 1, 2, 3)
    outputs = channels * multiplier if depthwise else groups * c.extent(1, 20)
    if kind == "u8" and groups > 1:
        groups, outputs = 1, outputs
    x_scale, x_zero = c.step(kind)
    x = c.input([batch, height, width, channels], kind, x_scale, x_zero)
    shape = [1, kh, kw, outputs] if depthwise else [outputs, kh, kw, channels // groups]
    weights, scales = c.weights(shape, 3 if depthwise else 0, weight_kind)
    bias = c.bias(outputs, x_scale, scales, bias_kind, 3000 if kind != "i16" else 10**6)
    if bias < 0 and (depthwise or kind == "i16"):
        zeros = np.zeros(outputs, NUMPY[bias_kind])
        bias = c.tensor([outputs], bias_kind, x_scale * scales, 0, zeros)
    y_scale, y_zero = c.sum_step(
        kind, kh * kw * (1 if depthwise else channels // groups), x_scale, scales)
    y = c.output(
        [batch, windows(height, kh, stride, dilation, padding),
         windows(width, kw, stride, dilation, padding), outputs], kind, y_scale, y_zero)
    fields = dict(
        padding=padding, strideH=stride, strideW=stride, dilationHFactor=dilation,
        dilationWFactor=dilation, fusedActivationFunction=c.one_of(0, 0, 1, 3))
    if depthwise:
        fields["depthMultiplier"] = multiplier
    elif bias_kind == "i32" and kind == "i16":
        fields["quantizedBiasType"] = TYPES["i32"]
    c.operator(
        "DEPTHWISE_CONV_2D" if depthwise else "CONV_2D", 3, [x, weights, bias], [y],
        "DepthwiseConv2D" if depthwise else "Conv2D", **fields)


@case
def conv_i8(c): convolution(c, "i8", "i8", "i32", False)


@case
def conv_u8(c): convolution(c, "u8", "u8", "i32", False)


@case
def conv_i16(c): convolution(c, "i16", "i8", "i64", False)


@case
def conv_i16_bias32(c): convolution(c, "i16", "i8", "i32", False)


@case
def conv_i4(c): convolution(c, "i8", "i4", "i32", False)


@case
def depthwise_i8(c): convolution(c, "i8", "i8", "i32", True)


@case
def depthwise_u8(c): convolution(c, "u8", "u8", "i32", True)


@case
def depthwise_i16(c): convolution(c, "i16", "i8", "i64", True)


def transposed(c, kind, bias_kind):
    channels, outputs = c.extent(1, 9), c.extent(1, 9)
    kh, kw, stride, padding = c.extent(1, 4), c.extent(1, 4), c.extent(1, 3), c.extent(0, 1)
    height, width = c.extent(2, 5), c.extent(2, 5)
    x_scale, x_zero = c.step(kind)
    size = [
        n * stride if padding == 0 else (n - 1) * stride + k
        for n, k in ((height, kh), (width, kw))]
    shape = c.list(1, *size, outputs)
    weights, scales = c.weights([outputs, kh, kw, channels], 0, "u8" if kind == "u8" else "i8")
    x = c.input([1, height, width, channels], kind, x_scale, x_zero)
    bias = c.bias(outputs, x_scale, scales, bias_kind)
    y_scale, y_zero = c.sum_step(kind, max(kh * kw // stride**2, 1) * channels, x_scale, scales)
    y = c.output([1, *size, outputs], kind, y_scale, y_zero)
    c.operator(
        "TRANSPOSE_CONV", 3, [shape, weights, x] + ([bias] if bias >= 0 else []), [y],
        "TransposeConv", padding=padding, strideH=stride, strideW=stride)


@case
def transpose_conv_i8(c): transposed(c, "i8", "i32")


@case
def transpose_conv_i16(c): transposed(c, "i16", "i64")


def dense(c, kind, weight_kind, bias_kind):
    rows, inputs, outputs = c.extent(1, 9), c.extent(1, 90), c.extent(1, 70)
    if weight_kind == "i4":
        inputs += inputs % 2
    x_scale, x_zero = c.step(kind)
    x = c.input([rows, inputs], kind, x_scale, x_zero)
    weights, scales = c.weights([outputs, inputs], 0, weight_kind)
    bias = c.bias(outputs, x_scale, scales, bias_kind)
    y_scale, y_zero = c.sum_step(kind, inputs, x_scale, scales)
    y = c.output([rows, outputs], kind, y_scale, y_zero)
    c.operator(
        "FULLY_CONNECTED", 4, [x, weights, bias], [y], "FullyConnected",
        fusedActivationFunction=c.one_of(0, 0, 1, 3))


@case
def dense_i8(c): dense(c, "i8", "i8", "i32")


@case
def dense_u8(c): dense(c, "u8", "u8", "i32")


@case
def dense_i16(c): dense(c, "i16", "i8", "i64")


@case
def dense_i4(c): dense(c, "i8", "i4", "i32")


def matmul(c, kind, right=None):
    rows, depth, columns = c.extent(1, 9), c.extent(1, 40), c.extent(1, 20)
    batches = c.one_of(([2], [2]), ([3, 2], [2]), ([], []))
    a_scale, a_zero = c.step(kind)
    b_scale, b_zero = (c.scale(), 0) if right else c.step(kind)
    x, y = bool(c.extent(0, 1)), bool(c.extent(0, 1))
    a = c.input(batches[0] + ([depth, rows] if x else [rows, depth]), kind, a_scale, a_zero)
    b = c.input(batches[1] + ([columns, depth] if y else [depth, columns]), right or kind, b_scale, b_zero)
    o_scale, o_zero = c.sum_step(kind, depth, a_scale, b_scale * (256 if kind == "i16" and not right else 1))
    o = c.output(batches[0] + [rows, columns], kind, o_scale, o_zero)
    c.operator("BATCH_MATMUL", 2, [a, b], [o], "BatchMatMul", adjX=x, adjY=y)


@case
def matmul_i8(c): matmul(c, "i8")


@case
def matmul_i16(c): matmul(c, "i16")


@case
def matmul_i16_i8(c): matmul(c, "i16", "i8")


def elementwise(c, kind, name, options, version=2, output_factor=(0.7, 2.5), **fields):
    shape = [c.extent(1, 4) for _ in range(c.extent(1, 4))]
    other = c.one_of(shape, shape, shape[-1:], [1], [1] + shape[1:])
    (a_scale, a_zero), (b_scale, b_zero) = c.step(kind, 0.01, 0.04), c.step(kind, 0.01, 0.04)
    y_scale, y_zero = c.step(kind)
    span = 65536 if kind == "i16" else 256
    if name == "MUL":
        y_scale = a_scale * b_scale * span / 8
    elif name == "SQUARED_DIFFERENCE":
        y_scale = max(a_scale, b_scale) ** 2 * span / 3
    else:
        y_scale = max(a_scale, b_scale)
    y_scale = np.float32(y_scale * c.random.uniform(*output_factor))
    a = c.input(shape, kind, a_scale, a_zero)
    b = c.input(other, kind, b_scale, b_zero)
    y = c.output(shape, kind, y_scale, y_zero)
    if options and options not in ("SquaredDifference",):
        fields["fusedActivationFunction"] = c.one_of(0, 0, 1, 3)
    c.operator(name, version, [a, b], [y], options, **fields)


for _kind in ("i8", "u8", "i16"):
    for _name, _options in (("ADD", "Add"), ("SUB", "Sub"), ("MUL", "Mul")):
        CASES[f"{_name.lower()}_{_kind}"] = (
            lambda c, kind=_kind, name=_name, options=_options:
                elementwise(c, kind, name, options, potScaleInt16=False) if name != "MUL"
                else elementwise(c, kind, name, options))


@case
def squared_difference_i8(c): elementwise(c, "i8", "SQUARED_DIFFERENCE", "SquaredDifference")


def extremum(c, name, kind):
    scale, zero = c.step(kind)
    shape = [c.extent(1, 4) for _ in range(3)]
    a, b = c.input(shape, kind, scale, zero), c.input(shape[1:], kind, scale, zero)
    c.operator(name, 2, [a, b], [c.output(shape, kind, scale, zero)], "MaximumMinimum")


for _kind in ("i8", "u8", "i16"):
    CASES[f"maximum_{_kind}"] = lambda c, kind=_kind: extremum(c, "MAXIMUM", kind)
    CASES[f"minimum_{_kind}"] = lambda c, kind=_kind: extremum(c, "MINIMUM", kind)


def comparison(c, name, options):
    shape = [c.extent(50, 200)]
    a, b = c.input(shape, "i8", *c.step("i8")), c.input(shape, "i8", *c.step("i8"))
    c.operator(name, 2, [a, b], [c.output(shape, "bool")], options)


for _name, _options in (
    ("EQUAL", "Equal"), ("NOT_EQUAL", "NotEqual"), ("LESS", "Less"), ("LESS_EQUAL", "LessEqual"),
    ("GREATER", "Greater"), ("GREATER_EQUAL", "GreaterEqual")):
    CASES[f"{_name.lower()}_i8"] = (
        lambda c, name=_name, options=_options: comparison(c, name, options))


@case
def prelu_i8(c):
    shape = [c.extent(1, 3), c.extent(1, 5), c.extent(1, 5), c.extent(1, 9)]
    slopes = c.tensor(
        shape[-1:], "i8", c.scale(0.002, 0.01), c.one_of(0, 0, 5),
        c.random.integers(-127, 128, shape[-1:]).astype(np.int8))
    x = c.input(shape, "i8", *c.step("i8"))
    c.operator("PRELU", 1, [x, slopes], [c.output(shape, "i8", *c.step("i8"))])


def unary(c, name, kind, fixed=None, options=None, version=2, positive=False, same=None, **fields):
    shape = [c.extent(150, 400)]
    x_scale, x_zero = c.step(kind, 0.01, 0.06)
    least = None
    if positive:
        if kind != "i16":
            x_zero = RANGES[kind][0]
        least = x_zero + 1
    y_scale, y_zero = fixed if fixed else c.step(kind, 0.004, 0.06)
    if same:
        y_scale, y_zero = x_scale, x_zero
    x = c.input(shape, kind, x_scale, x_zero, least)
    y = c.output(shape, kind, y_scale, y_zero)
    c.operator(name, version, [x], [y], options, **fields)


NARROW = np.float32(1 / 256), -128
for _name, _kind, _more in (
    ("LOGISTIC", "i8", dict(fixed=NARROW)), ("LOGISTIC", "u8", dict(fixed=(NARROW[0], 0))),
    ("LOGISTIC", "i16", dict(fixed=(np.float32(1 / 32768), 0), version=3)),
    ("TANH", "i8", dict(fixed=(np.float32(1 / 128), 0))),
    ("TANH", "u8", dict(fixed=(np.float32(1 / 128), 128))),
    ("TANH", "i16", dict(fixed=(np.float32(1 / 32768), 0), version=3)),
    ("EXP", "i8", dict(options="Exp")), ("EXP", "i16", dict(options="Exp")),
    ("LOG", "i8", dict()), ("LOG", "i16", dict(positive=True)),
    ("SQRT", "i8", dict(positive=True)), ("RSQRT", "i8", dict(positive=True)),
    ("RSQRT", "i16", dict(positive=True)), ("ABS", "i8", dict(options="Abs")),
    ("ABS", "i16", dict(options="Abs", same=True)),
    ("RELU", "i8", dict()), ("RELU", "u8", dict()), ("RELU", "i16", dict()),
    ("RELU6", "i8", dict()), ("RELU6", "u8", dict()), ("RELU6", "i16", dict()),
    ("HARD_SWISH", "i8", dict(version=1, options="HardSwish")),
    ("HARD_SWISH", "u8", dict(version=1, options="HardSwish")),
    ("GELU", "i8", dict(options="Gelu", approximate=False)),
    ("GELU", "i16", dict(options="Gelu", approximate=False)),
    ("LEAKY_RELU", "i8", dict(options="LeakyRelu", version=1, alpha=0.15)),
    ("LEAKY_RELU", "u8", dict(options="LeakyRelu", version=1, alpha=0.15)),
    ("LEAKY_RELU", "i16", dict(options="LeakyRelu", alpha=-0.3)),
    ("NEG", "i8", dict(same=True, options="Neg", version=1))):
    CASES[f"{_name.lower()}_{_kind}"] = (
        lambda c, name=_name, kind=_kind, more=_more: unary(c, name, kind, **more))
CASES["gelu_approximate_i8"] = (
    lambda c: unary(c, "GELU", "i8", options="Gelu", approximate=True))


def softmax(c, kind):
    rows, count = c.extent(1, 20), c.extent(1, 30)
    x = c.input([rows, count], kind, *c.step(kind, 0.01, 0.3))
    y = c.output(
        [rows, count], kind, np.float32(1 / (32768 if kind == "i16" else 256)),
        {"i8": -128, "u8": 0, "i16": 0}[kind])
    c.operator(
        "SOFTMAX", 3 if kind == "i16" else 2, [x], [y], "Softmax", beta=c.one_of(1.0, 1.0, 0.7))


for _kind in ("i8", "u8", "i16"):
    CASES[f"softmax_{_kind}"] = lambda c, kind=_kind: softmax(c, kind)


@case
def log_softmax_i8(c):
    shape = [c.extent(1, 20), c.extent(2, 30)]
    x = c.input(shape, "i8", *c.step("i8", 0.01, 0.1))
    c.operator(
        "LOG_SOFTMAX", 2, [x], [c.output(shape, "i8", np.float32(16 / 256), 127)], "LogSoftmax")


@case
def l2_normalization_i8(c):
    shape = [c.extent(1, 20), c.extent(2, 30)]
    x = c.input(shape, "i8", *c.step("i8"))
    c.operator(
        "L2_NORMALIZATION", 2, [x], [c.output(shape, "i8", np.float32(1 / 128), 0)], "L2Norm",
        fusedActivationFunction=0)


def reduction(c, name, kind, rescales):
    shape = [c.extent(1, 3), c.extent(1, 9), c.extent(1, 9), c.extent(1, 9)]
    axes = c.one_of([1, 2], [3], [1], [0, 3], [2, 1, 3])
    keeps = bool(c.extent(0, 1))
    scale, zero = c.step(kind)
    y_scale, y_zero = c.step(kind) if rescales else (scale, zero)
    if rescales:
        y_scale = np.float32(scale * c.random.uniform(0.2, 1.2))
    x = c.input(shape, kind, scale, zero)
    kept = [1 if a in axes else n for a, n in enumerate(shape) if a not in axes or keeps]
    c.operator(
        name, 2, [x, c.list(*axes)], [c.output(kept, kind, y_scale, y_zero)], "Reducer",
        keepDims=keeps)


for _kind in ("i8", "u8", "i16"):
    CASES[f"mean_{_kind}"] = lambda c, kind=_kind: reduction(c, "MEAN", kind, True)
    CASES[f"reduce_max_{_kind}"] = lambda c, kind=_kind: reduction(c, "REDUCE_MAX", kind, False)
    CASES[f"reduce_min_{_kind}"] = lambda c, kind=_kind: reduction(c, "REDUCE_MIN", kind, False)


def product(c, kind):
    """Few factors, whose product stays within the range of the output."""
    shape = [c.extent(2, 4) for _ in range(c.extent(2, 4))]
    axes = c.random.permutation(len(shape))[:c.extent(1, 2)]
    x_scale, x_zero = c.step(kind)
    count = int(np.prod([shape[axis] for axis in axes]))
    typical = float(x_scale) * (74 if kind == "i8" else 18900)
    scale = np.float32(typical ** count / (30 if kind == "i8" else 8000))
    kept = [size for axis, size in enumerate(shape) if axis not in axes]
    y = c.output(kept, kind, scale, 0 if kind == "i16" else c.extent(-60, 60))
    inputs = [c.input(shape, kind, x_scale, x_zero), c.list(*axes)]
    c.operator("REDUCE_PROD", 2, inputs, [y], "Reducer", keepDims=False)


for _kind in ("i8", "i16"):
    CASES[f"product_{_kind}"] = lambda c, kind=_kind: product(c, kind)


def pool(c, name, kind):
    height, width, channels = c.extent(3, 12), c.extent(3, 12), c.extent(1, 20)
    kh, kw, stride, padding = c.extent(1, 3), c.extent(1, 3), c.extent(1, 3), c.extent(0, 1)
    scale, zero = c.step(kind)
    x = c.input([1, height, width, channels], kind, scale, zero)
    y = c.output(
        [1, windows(height, kh, stride, 1, padding), windows(width, kw, stride, 1, padding),
         channels], kind, scale, zero)
    c.operator(
        name, 2, [x], [y], "Pool2D", padding=padding, strideH=stride, strideW=stride,
        filterHeight=kh, filterWidth=kw, fusedActivationFunction=c.one_of(0, 0, 1, 3))


def resize(c, name, options, kind):
    shape = [1, c.extent(1, 9), c.extent(1, 9), c.extent(1, 9)]
    size = [c.extent(1, 15), c.extent(1, 15)]
    half, aligned = c.one_of((False, False), (True, False), (False, True))
    scale, zero = c.step(kind)
    x = c.input(shape, kind, scale, zero)
    y = c.output([1, *size, shape[3]], kind, scale, zero)
    c.operator(
        name, 3, [x, c.list(*size)], [y], options, halfPixelCenters=half, alignCorners=aligned)


for _kind in ("i8", "u8", "i16"):
    for _name in ("AVERAGE_POOL_2D", "MAX_POOL_2D"):
        CASES[f"{_name.lower()}_{_kind}"] = (
            lambda c, name=_name, kind=_kind: pool(c, name, kind))
    CASES[f"resize_bilinear_{_kind}"] = (
        lambda c, kind=_kind: resize(c, "RESIZE_BILINEAR", "ResizeBilinear", kind))
    CASES[f"resize_nearest_{_kind}"] = (
        lambda c, kind=_kind:
            resize(c, "RESIZE_NEAREST_NEIGHBOR", "ResizeNearestNeighbor", kind))


def moved(c, kind, shape):
    scale, zero = c.step(kind)
    return c.input(shape, kind, scale, zero), lambda other: c.output(other, kind, scale, zero)


for _kind in ("i8", "u8", "i16"):
    def concatenation(c, kind=_kind):
        scale, zero = c.step(kind)
        parts = [c.input([2, n, 3], kind, scale, zero) for n in (1, 3, 2)]
        c.operator(
            "CONCATENATION", 2, parts, [c.output([2, 6, 3], kind, scale, zero)], "Concatenation",
            axis=1, fusedActivationFunction=0)

    def pad(c, kind=_kind):
        x, y = moved(c, kind, [1, 3, 4, 2])
        c.operator(
            "PAD", 2, [x, c.tensor([4, 2], "i32", data=np.array(
                [[0, 0], [1, 2], [0, 1], [0, 0]], np.int32))], [y([1, 6, 5, 2])], "Pad")

    def transpose(c, kind=_kind):
        x, y = moved(c, kind, [2, 3, 4])
        c.operator("TRANSPOSE", 2, [x, c.list(2, 0, 1)], [y([4, 2, 3])], "Transpose")

    def gather(c, kind=_kind):
        x, y = moved(c, kind, [7, 3])
        c.operator("GATHER", 2, [x, c.list(3, 0, 6)], [y([3, 3])], "Gather", axis=0)

    def slice_(c, kind=_kind):
        x, y = moved(c, kind, [4, 5])
        c.operator("SLICE", 2, [x, c.list(1, 2), c.list(2, 3)], [y([2, 3])], "Slice")

    def pack(c, kind=_kind):
        scale, zero = c.step(kind)
        parts = [c.input([3], kind, scale, zero) for _ in range(3)]
        c.operator(
            "PACK", 2, parts, [c.output([3, 3], kind, scale, zero)], "Pack", valuesCount=3, axis=0)

    def select(c, kind=_kind):
        scale, zero = c.step(kind)
        condition = c.input([2, 3], "bool")
        a, b = (c.input([2, 3], kind, scale, zero) for _ in range(2))
        c.operator(
            "SELECT_V2", 1, [condition, a, b], [c.output([2, 3], kind, scale, zero)], "SelectV2")

    def space_to_depth(c, kind=_kind):
        x, y = moved(c, kind, [1, 4, 6, 3])
        c.operator("SPACE_TO_DEPTH", 2, [x], [y([1, 2, 3, 12])], "SpaceToDepth", blockSize=2)

    def arg_max(c, kind=_kind):
        x, _ = moved(c, kind, [4, 9])
        c.operator(
            "ARG_MAX", 2, [x, c.list(1)], [c.output([4], "i32")], "ArgMax",
            outputType=TYPES["i32"])

    def top_k(c, kind=_kind):
        x, y = moved(c, kind, [2, 20])
        k = c.tensor([], "i32", data=np.array(4, np.int32))
        c.operator("TOPK_V2", 2, [x, k], [y([2, 4]), c.output([2, 4], "i32")], "TopKV2")

    def quantize(c, kind=_kind):
        x = c.input([300], "f32")
        c.operator("QUANTIZE", 1, [x], [c.output([300], kind, *c.step(kind))], "Quantize")

    def dequantize(c, kind=_kind):
        x = c.input([300], kind, *c.step(kind))
        c.operator("DEQUANTIZE", 2, [x], [c.output([300], "f32")], "Dequantize")

    for _function in (
        concatenation, pad, transpose, gather, slice_, pack, select, space_to_depth, arg_max, top_k,
        quantize, dequantize):
        if _kind == "i16" and _function in (space_to_depth, arg_max):
            continue
        CASES[f"{_function.__name__.strip('_')}_{_kind}"] = _function

    for _other in ("i8", "i16") if _kind == "i16" else ("i8", "u8", "i16"):
        def requantize(c, kind=_kind, other=_other):
            x = c.input([300], kind, *c.step(kind))
            c.operator("QUANTIZE", 2, [x], [c.output([300], other, *c.step(other))], "Quantize")

        CASES[f"requantize_{_kind}_{_other}"] = requantize


@case
def dequantize_channels(c):
    data, scales = c.weights([6, 5], 0, "i8", True)
    c.operator("DEQUANTIZE", 5, [data], [c.output([6, 5], "f32")], "Dequantize")


@case
def dequantize_i4(c):
    data, scales = c.weights([6, 7], 0, "i4", True)
    c.operator("DEQUANTIZE", 6, [data], [c.output([6, 7], "f32")], "Dequantize")


@case
def embedding_i8(c):
    data, scales = c.weights([5, 7], 0, "i8", True)
    ids = c.input([3], "i32")
    c.operator("EMBEDDING_LOOKUP", 4, [ids, data], [c.output([3, 7], "f32")])


@case
def embedding_i4(c):
    data, scales = c.weights([5, 8], 0, "i4", True)
    ids = c.input([3], "i32")
    c.operator("EMBEDDING_LOOKUP", 4, [ids, data], [c.output([3, 8], "f32")])


def float_bias(c, count):
    if c.random.random() < 0.3:
        return -1
    return c.tensor([count], "f32", data=c.random.normal(0, 1, count).astype(np.float32))


def hybrid_dense(c, kind, per_channel, asymmetric):
    rows, inputs, outputs = c.extent(1, 9), 2 * c.extent(1, 45), c.extent(1, 70)
    x = c.input([rows, inputs], "f32")
    weights, _ = c.weights([outputs, inputs], 0, kind, per_channel)
    y = c.output([rows, outputs], "f32")
    c.operator(
        "FULLY_CONNECTED", 12, [x, weights, float_bias(c, outputs)], [y], "FullyConnected",
        asymmetricQuantizeInputs=asymmetric, fusedActivationFunction=c.one_of(0, 1, 3))


def hybrid_convolution(c, kind, per_channel, depthwise):
    channels = c.extent(1, 12)
    kh, kw, stride, padding = c.extent(1, 4), c.extent(1, 4), c.extent(1, 2), c.extent(0, 1)
    height, width, batch = c.extent(7, 12), c.extent(7, 12), c.extent(1, 2)
    multiplier = c.one_of(1, 1, 2)
    outputs = channels * multiplier if depthwise else c.extent(2, 40)
    x = c.input([batch, height, width, channels], "f32")
    shape = [1, kh, kw, outputs] if depthwise else [outputs, kh, kw, channels]
    weights, _ = c.weights(shape, 3 if depthwise else 0, kind, per_channel)
    y = c.output(
        [batch, windows(height, kh, stride, 1, padding), windows(width, kw, stride, 1, padding),
         outputs], "f32")
    fields = dict(
        padding=padding, strideH=stride, strideW=stride, dilationHFactor=1, dilationWFactor=1,
        fusedActivationFunction=c.one_of(0, 1, 3))
    if depthwise:
        fields["depthMultiplier"] = multiplier
    bias = float_bias(c, outputs)
    if depthwise and bias < 0:
        bias = c.tensor([outputs], "f32", data=np.zeros(outputs, np.float32))
    c.operator(
        "DEPTHWISE_CONV_2D" if depthwise else "CONV_2D", 6 if depthwise else 5, [x, weights, bias],
        [y], "DepthwiseConv2D" if depthwise else "Conv2D", **fields)


for _kind in ("i8", "i4"):
    for _per_channel in (False, True):
        for _asymmetric in (False, True):
            _name = f"hybrid_dense_{_kind}_{_per_channel}_{_asymmetric}".lower()
            CASES[_name] = (
                lambda c, a=_kind, b=_per_channel, d=_asymmetric: hybrid_dense(c, a, b, d))
        CASES[f"hybrid_conv_{_kind}_{_per_channel}".lower()] = (
            lambda c, a=_kind, b=_per_channel: hybrid_convolution(c, a, b, False))
CASES["hybrid_depthwise"] = lambda c: hybrid_convolution(c, "i8", True, True)


@case
def hybrid_matmul(c):
    lead = c.one_of([], [c.extent(2, 4)])
    rows, depth, columns = c.extent(1, 9), c.extent(1, 70), c.extent(1, 40)
    left, right = c.extent(0, 1), c.extent(0, 1)
    x = c.input(lead + ([depth, rows] if left else [rows, depth]), "f32")
    w, _ = c.weights(lead + ([columns, depth] if right else [depth, columns]), 0, "i8", False)
    c.operator(
        "BATCH_MATMUL", 4, [x, w], [c.output(lead + [rows, columns], "f32")], "BatchMatMul",
        adjX=bool(left), adjY=bool(right), asymmetricQuantizeInputs=bool(c.extent(0, 1)))


@case
def hybrid_transpose_conv(c):
    batch, height, width = c.extent(1, 2), c.extent(1, 8), c.extent(1, 8)
    channels, outputs, stride = c.extent(1, 20), c.extent(2, 20), c.extent(1, 2)
    kernel = (c.extent(stride, 4), c.extent(stride, 4))
    shape = [batch, height * stride, width * stride, outputs]
    x = c.input([batch, height, width, channels], "f32")
    w, _ = c.weights([outputs, *kernel, channels], 0, "i8", True)
    c.operator(
        "TRANSPOSE_CONV", 3, [c.list(*shape), w, x, float_bias(c, outputs)],
        [c.output(shape, "f32")], "TransposeConv", padding=0, strideW=stride, strideH=stride)


def interpreter(content):
    return Interpreter(
        model_content=content, experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
        num_threads=1)


def run(c):
    """The arrays of a case, or the message of the runtime if it refuses."""
    content = c.bytes()
    arrays = {"model": np.frombuffer(content, np.uint8)}
    try:
        runtime = interpreter(content)
        runtime.allocate_tensors()
        for number, (detail, index) in enumerate(
            zip(runtime.get_input_details(), c.graph.inputs)):
            arrays[f"in{number}"] = c.values(index)
            runtime.set_tensor(detail["index"], arrays[f"in{number}"])
        runtime.invoke()
        for number, detail in enumerate(runtime.get_output_details()):
            arrays[f"out{number}"] = runtime.get_tensor(detail["index"])
    except (RuntimeError, ValueError) as error:
        return None, str(error).splitlines()[0]
    return arrays, None


def record(archive, names, seed, rounds):
    """Writes an archive of some cases."""
    everything = {}
    for name in names:
        for number in range(rounds):
            c = Case(np.random.default_rng([seed, number, len(name), *name.encode()]))
            CASES[name](c)
            label = name if rounds == 1 else f"{name}-{number}"
            arrays, error = run(c)
            if error:
                print(f"{label}: {error}", file=sys.stderr)
                continue
            everything.update({f"{label}.{key}": array for key, array in arrays.items()})
    np.savez_compressed(archive, **everything)


def record_models(archive, folder):
    """Writes random inputs of the published models and their outputs."""
    arrays = {}
    for name in ("pretrainedResnet", "vww_96", "str_ww"):
        with open(os.path.join(folder, name + ".int8.ref.tflite"), "rb") as file:
            runtime = interpreter(file.read())
        runtime.allocate_tensors()
        detail = runtime.get_input_details()[0]
        x = np.random.default_rng(len(name)).integers(-128, 128, detail["shape"]).astype(np.int8)
        runtime.set_tensor(detail["index"], x)
        runtime.invoke()
        arrays[name + ".in0"] = x
        arrays[name + ".out0"] = runtime.get_tensor(runtime.get_output_details()[0]["index"])
    np.savez_compressed(archive, **arrays)


def main():
    arguments = sys.argv[1:]
    hybrid = [name for name in CASES if name.startswith("hybrid_")]
    exact = [name for name in CASES if not name.startswith("hybrid_")]
    if not arguments:
        folder = os.path.dirname(os.path.abspath(__file__))
        record(os.path.join(folder, "operators.npz"), exact, 0, 1)
        record(os.path.join(folder, "hybrid.npz"), hybrid, 0, 2)
        models = os.path.join(folder, "../../../shared/models")
        if os.path.isdir(models):
            record_models(os.path.join(folder, "models.npz"), models)
        return
    seed, rounds = (int(arguments[n]) if len(arguments) > n else 1 for n in (1, 2))
    prefix = arguments[3] if len(arguments) > 3 else ""
    names = [name for name in exact + hybrid if name.startswith(prefix)] if prefix else exact
    record(arguments[0], names, seed, rounds)


if __name__ == "__main__":
    main()
