"""Measures the rates of `Sources/Cost/CostRates+LiteRT.swift` on this machine.

    python measure_costs.py [--repeats N]
    python measure_costs.py --recurrent KCONVERT
    python measure_costs.py --check KCONVERT FILE.tflite …

Needs `pip install ai-edge-litert numpy`, and h5py for recurrent layers. Builds models of operators of one class and runs them in LiteRT on one thread:
many tiny operators in a chain for the time that each takes beside its work, large ones for multiply-accumulate operations and bytes
a second. Every figure is the shortest of many runs, so that other work on the machine does not count. Prints the table.

`--recurrent` converts recurrent layers in every form and runs them: the time of a round of a loop beside its operators, and the
rate of the fused operator.

`--check` compares what `kconvert inspect --json` predicts for files with the shortest of their runs.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time

import flatbuffers
import numpy
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

Builtin = schema.BuiltinOperator
Options = schema.BuiltinOptions


class Model:
    """A model of one subgraph that is built operator by operator."""

    def __init__(self):
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.operatorCodes = []
        self.model.buffers = [schema.BufferT()]
        self.graph = schema.SubGraphT()
        self.graph.tensors, self.graph.operators = [], []
        self.graph.inputs, self.graph.outputs = [], []
        self.model.subgraphs = [self.graph]

    def tensor(self, shape, constant=None, kind=schema.TensorType.FLOAT32):
        tensor = schema.TensorT()
        tensor.shape, tensor.type = list(shape), kind
        tensor.name = f"t{len(self.graph.tensors)}"
        tensor.buffer = 0
        if constant is not None:
            buffer = schema.BufferT()
            buffer.data = numpy.frombuffer(constant.tobytes(), numpy.uint8)
            self.model.buffers.append(buffer)
            tensor.buffer = len(self.model.buffers) - 1
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def weights(self, *shape):
        return self.tensor(shape, numpy.random.uniform(-0.1, 0.1, shape).astype(numpy.float32))

    def integers(self, *values):
        return self.tensor([len(values)], numpy.array(values, numpy.int32), schema.TensorType.INT32)

    def input(self, *shape):
        index = self.tensor(shape)
        self.graph.inputs.append(index)
        return index

    def add(self, builtin, inputs, shape, options=None, tag=0, version=1):
        code = schema.OperatorCodeT()
        code.builtinCode, code.version = builtin, version
        code.deprecatedBuiltinCode = min(builtin, 127)
        self.model.operatorCodes.append(code)
        operator = schema.OperatorT()
        operator.opcodeIndex = len(self.model.operatorCodes) - 1
        operator.inputs, operator.outputs = list(inputs), [self.tensor(shape)]
        if options is not None:
            operator.builtinOptions, operator.builtinOptionsType = options, tag
        self.graph.operators.append(operator)
        return operator.outputs[0]

    def bytes(self, *outputs):
        self.graph.outputs = list(outputs)
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def windowed(kind, padding):
    """Options of a convolution that moves by one."""
    options = kind()
    options.padding = padding
    options.strideW = options.strideH = options.dilationWFactor = options.dilationHFactor = 1
    return options


def extent(side, window, padding):
    return side if padding == schema.Padding.SAME else side - window + 1


def convolution(model, x, side, channels, filters, window, padding=schema.Padding.SAME):
    result = extent(side, window, padding)
    return model.add(Builtin.CONV_2D, [x, model.weights(filters, window, window, channels), model.weights(filters)],
                     [1, result, result, filters], windowed(schema.Conv2DOptionsT, padding), Options.Conv2DOptions)


def depthwise(model, x, side, channels, window, padding=schema.Padding.SAME, multiplier=1):
    options = windowed(schema.DepthwiseConv2DOptionsT, padding)
    options.depthMultiplier = multiplier
    result, filters = extent(side, window, padding), multiplier * channels
    return model.add(Builtin.DEPTHWISE_CONV_2D, [x, model.weights(1, window, window, filters), model.weights(filters)],
                     [1, result, result, filters], options, Options.DepthwiseConv2DOptions)


def dense(model, x, rows, inputs, units):
    return model.add(Builtin.FULLY_CONNECTED, [x, model.weights(units, inputs), model.weights(units)], [rows, units],
                     schema.FullyConnectedOptionsT(), Options.FullyConnectedOptions)


def sum_of_two(model, x, side, channels):
    return model.add(Builtin.ADD, [x, x], [1, side, side, channels], schema.AddOptionsT(), Options.AddOptions)


def function(builtin):
    return lambda model, x, side, channels: model.add(builtin, [x], [1, side, side, channels])


def pool(model, x, side, channels):
    options = schema.Pool2DOptionsT()
    options.strideW = options.strideH = 1
    options.filterWidth = options.filterHeight = 3
    return model.add(Builtin.MAX_POOL_2D, [x], [1, side, side, channels], options, Options.Pool2DOptions)


def mean(model, x, side, channels):
    options = schema.ReducerOptionsT()
    options.keepDims = True
    return model.add(Builtin.MEAN, [x, model.integers(1, 2)], [1, 1, 1, channels], options, Options.ReducerOptions)


def transpose(model, x, side, channels):
    return model.add(Builtin.TRANSPOSE, [x, model.integers(0, 2, 1, 3)], [1, side, side, channels],
                     schema.TransposeOptionsT(), Options.TransposeOptions)


def gather(model, x, side, channels):
    options = schema.GatherOptionsT()
    options.axis = 1
    return model.add(Builtin.GATHER, [x, model.integers(*range(side))], [1, side, side, channels], options,
                     Options.GatherOptions)


def seconds(content, repeats):
    """The shortest run of a model on one thread, in time of its processor, which other programs do not add to."""
    interpreter = Interpreter(model_content=content, num_threads=1)
    interpreter.allocate_tensors()
    for port in interpreter.get_input_details():
        if port["dtype"] == numpy.float32:
            interpreter.set_tensor(port["index"], numpy.random.uniform(0.1, 1, port["shape"]).astype(numpy.float32))
    best, spent = float("inf"), 0.0
    for _ in range(repeats):
        start = time.thread_time()
        interpreter.invoke()
        run = time.thread_time() - start
        best, spent = min(best, run), spent + run
        if spent > 4:
            break
    return best


def chain(shape, add, count):
    """A model of `count` operators, each reading the one before."""
    model = Model()
    x = model.input(*shape)
    for _ in range(count):
        x = add(model, x)
    return model.bytes(x)


def image(side, channels, add, **arguments):
    return (1, side, side, channels), lambda model, x: add(model, x, side, channels, **arguments)


def fixed(case, repeats):
    """Seconds that an operator takes beside its work: the slope over chains of tiny ones."""
    shape, add = case
    return (seconds(chain(shape, add, 65), repeats * 4) - seconds(chain(shape, add, 1), repeats * 4)) / 64


def spent(case, repeats):
    """Seconds of one large operator: the slope over a chain."""
    shape, add = case
    return (seconds(chain(shape, add, 5), repeats) - seconds(chain(shape, add, 1), repeats)) / 4


def measure(repeats):
    rates = {}

    def add(name, tiny, macs=None, byte=None):
        rates[name] = (
            fixed(tiny, repeats) * 1e9,
            macs[1] / spent(macs[0], repeats) / 1e9 if macs else None,
            byte[1] / spent(byte[0], repeats) / 1e9 if byte else None)
        print(name, " ".join("–" if x is None else f"{x:.2f}" for x in rates[name]), flush=True)

    float_bytes = 4
    large = 2 * 112 * 112 * 64 * float_bytes
    add("convolution", image(4, 2, convolution, filters=2, window=3),
        (image(34, 64, padded_convolution), 32 * 32 * 64 * 64 * 9),
        (image(112, 32, convolution, filters=32, window=1), 2 * 112 * 112 * 32 * float_bytes))
    add("depthwise", image(4, 2, depthwise, window=3),
        (image(58, 64, padded_depthwise), 56 * 56 * 64 * 9),
        (image(112, 64, depthwise, window=1), large))
    spread(repeats)
    add("matrix", ((1, 4), lambda m, x: dense(m, x, 1, 4, 4)),
        (((256, 512), lambda m, x: dense(m, x, 256, 512, 512)), 256 * 512 * 512),
        (((1, 4096), lambda m, x: dense(m, x, 1, 4096, 4096)), 4096 * 4096 * float_bytes))
    cached = seconds(chain((1, 256), lambda m, x: dense(m, x, 1, 256, 256), 9), repeats * 4)
    single = seconds(chain((1, 256), lambda m, x: dense(m, x, 1, 256, 256), 1), repeats * 4)
    print(f"weights in the caches: {256 * 256 * float_bytes / ((cached - single) / 8) / 1e9:.1f} GB/s", flush=True)
    add("elementwise", image(2, 2, sum_of_two), None, (image(112, 64, sum_of_two), large * 1.5))
    for name in ("LOGISTIC", "TANH", "EXP", "GELU"):
        add("function " + name, image(2, 2, function(getattr(Builtin, name))), None,
            (image(112, 64, function(getattr(Builtin, name))), large))
    add("slow function LOG", image(2, 2, function(Builtin.LOG)), None, (image(56, 64, function(Builtin.LOG)), large / 4))
    add("window", image(2, 2, lambda m, x, s, c: small_pool(m, x, s, c)), None,
        (image(58, 64, lambda m, x, s, c: padded_pool(m, x, s, c)), 2 * 56 * 56 * 64 * float_bytes))
    shape = (1, 112, 112, 64)
    model = Model()
    x = model.input(*shape)
    model_bytes = model.bytes(mean(model, x, 112, 64))
    print(f"reduction: {large / 2 / seconds(model_bytes, repeats) / 1e9:.2f} GB/s", flush=True)
    add("move TRANSPOSE", image(3, 2, transpose), None, (image(112, 64, transpose), large))
    add("gather", image(3, 2, gather), None, (image(112, 64, gather), large))
    mixed = lambda m, x, s, c: gather(m, sum_of_two(m, x, s, c), s, c)
    both = fixed(image(2, 2, mixed), repeats) * 1e9
    print(f"partition break: {both - rates['elementwise'][0] - rates['gather'][0]:.0f} ns", flush=True)
    return rates


def spread(repeats):
    """Times of depthwise convolutions that make two channels of each, for each pixel and input channel."""
    side, channels, times = 28, 16, {}
    for window in (3, 7):
        model = Model()
        x = model.input(1, side, side, channels)
        content = model.bytes(depthwise(model, x, side, channels, window, multiplier=2))
        times[window] = seconds(content, repeats * 4) / (side * side * channels) * 1e9
    tap = (times[7] - times[3]) / (7 * 7 - 3 * 3)
    print(f"two channels of each: {times[3] - 3 * 3 * tap:.2f} ns a place, {tap:.2f} ns a tap", flush=True)


def padded(model, x, side, channels):
    padding = model.tensor([4, 2], numpy.array([[0, 0], [1, 1], [1, 1], [0, 0]], numpy.int32), schema.TensorType.INT32)
    return model.add(Builtin.PAD, [x, padding], [1, side, side, channels], schema.PadOptionsT(), Options.PadOptions)


def padded_convolution(model, x, side, channels):
    return padded(model, convolution(model, x, side, channels, channels, 3, schema.Padding.VALID), side, channels)


def padded_depthwise(model, x, side, channels):
    return padded(model, depthwise(model, x, side, channels, 3, schema.Padding.VALID), side, channels)


def small_pool(model, x, side, channels):
    options = schema.Pool2DOptionsT()
    options.strideW = options.strideH = options.filterWidth = options.filterHeight = 2
    options.padding = schema.Padding.SAME
    options.strideW = options.strideH = 1
    return model.add(Builtin.MAX_POOL_2D, [x], [1, side, side, channels], options, Options.Pool2DOptions)


def padded_pool(model, x, side, channels):
    options = schema.Pool2DOptionsT()
    options.padding = schema.Padding.SAME
    options.strideW = options.strideH = 1
    options.filterWidth = options.filterHeight = 3
    return model.add(Builtin.MAX_POOL_2D, [x], [1, side, side, channels], options, Options.Pool2DOptions)


def layer(folder, kind, units, inputs, steps):
    """A Keras model of one recurrent layer with random weights."""
    import h5py

    config = {"name": "m", "layers": [{"class_name": kind, "config": {
        "name": "r", "units": units, "batch_input_shape": [None, steps, inputs], "reset_after": False}}]}
    gates = {"LSTM": 4, "GRU": 3}[kind]
    shapes = {"kernel": (inputs, gates * units), "recurrent_kernel": (units, gates * units), "bias": (gates * units,)}
    with open(f"{folder}/m.json", "w") as file:
        json.dump({"class_name": "Sequential", "config": config, "keras_version": "2.15.0", "backend": "tensorflow"}, file)
    with h5py.File(f"{folder}/m.h5", "w") as file:
        file.attrs["layer_names"] = [b"r"]
        group = file.create_group("r")
        group.attrs["weight_names"] = [f"r/{name}:0".encode() for name in shapes]
        for name, shape in shapes.items():
            group.create_dataset(f"r/{name}:0", data=numpy.random.uniform(-0.1, 0.1, shape).astype(numpy.float32))


def recurrent(kconvert, repeats):
    """Microseconds of recurrent layers in each form, and how they differ."""
    for kind, units, steps in (("LSTM", 4, 5), ("GRU", 4, 50), ("GRU", 64, 50), ("GRU", 128, 100), ("GRU", 256, 100), ("LSTM", 128, 100)):
        with tempfile.TemporaryDirectory() as folder:
            layer(folder, kind, units, 16, steps)
            times = {}
            for form in ("while", "unroll") + (("fused",) if kind == "LSTM" else ()):
                subprocess.run([kconvert, "m.json", "m.h5", "-o", "m.tflite", "--quiet", "--verify", "off", "--rnn", form],
                               check=True, cwd=folder)
                with open(f"{folder}/m.tflite", "rb") as file:
                    times[form] = seconds(file.read(), repeats)
            round_cost = (times["while"] - times["unroll"]) / steps
            print(f"{kind} of {units} units, {steps} steps:", {form: round(t * 1e6, 1) for form, t in times.items()},
                  f"a round {round_cost * 1e9:.0f} ns over a step", flush=True)
            if "fused" in times:
                macs = steps * 4 * units * (units + 16)
                print(f"fused: {macs / times['fused'] / 1e9:.2f} multiply-accumulates per ns")


def check(kconvert, files, repeats):
    """The ratio of each prediction to the shortest run of the file."""
    ratios = []
    for path in files:
        report = json.loads(subprocess.run([kconvert, "inspect", path, "--json"], check=True, capture_output=True).stdout)
        predicted = report.get("predictedSeconds")
        if not predicted:
            continue
        with open(path, "rb") as file:
            content = file.read()
        try:
            actual = seconds(content, repeats)
        except RuntimeError:  # Indices in floats: random ones are out of range.
            continue
        ratios.append(predicted / actual)
        print(f"{predicted * 1e6:10.1f} µs predicted {actual * 1e6:10.1f} µs measured  ×{ratios[-1]:.2f}  {path}", flush=True)
    quarters = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    within = sum(0.5 <= ratio <= 2 for ratio in ratios)
    print(f"{len(ratios)} files: median ×{quarters[1]:.2f}, quartiles ×{quarters[0]:.2f} and ×{quarters[2]:.2f}, "
          f"{within} within a factor of two")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=60)
    parser.add_argument("--check", metavar="KCONVERT")
    parser.add_argument("--recurrent", metavar="KCONVERT")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    if arguments.check:
        check(arguments.check, arguments.files, arguments.repeats)
    elif arguments.recurrent:
        recurrent(arguments.recurrent, arguments.repeats)
    else:
        print("class: ns beside the work, multiply-accumulates per ns, bytes per ns")
        measure(arguments.repeats)


if __name__ == "__main__":
    main()
