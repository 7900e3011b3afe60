"""Records what LiteRT computes with `.tflite` files of other makers, as fixtures for the interpreter.

Needs `pip install tensorflow-cpu tf_keras keras ai-edge-litert numpy`. Each folder beside this file holds a
`make.py`; one case gives

    <case>.tflite    the file
    <case>.npz       in0, in1, ... (order of the file), out0, out1, ... of a first run, and again0, again1, ...
                     of a second run on the same interpreter

`operators` are single operators, written by hand; `functions` what the stock converter makes of TensorFlow
functions; `networks` what it makes of recorded Keras models.
"""

import os
import sys
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import flatbuffers
import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from tensorflow.lite.python import schema_py_generated as schema

TYPES = {
    "float32": "FLOAT32", "float16": "FLOAT16", "int32": "INT32", "uint8": "UINT8", "int64": "INT64",
    "bool": "BOOL", "int16": "INT16", "int8": "INT8", "uint32": "UINT32", "uint16": "UINT16",
    "complex64": "COMPLEX64", "float64": "FLOAT64",
}


class In(np.ndarray):
    """An input of the graph with the values it is recorded with."""

    def __new__(cls, values, dtype="float32"):
        return np.asarray(values, dtype).view(cls)


class Var(tuple):
    """The extents of a variable of floats."""


def table(kind, **fields):
    """A table of the schema with some fields set."""
    made = getattr(schema, kind + "T")()
    for field, value in fields.items():
        assert hasattr(made, field), f"{kind} has no field {field}"
        setattr(made, field, value)
    return made


def build(code, version, operands, results, options, scales, shapes):
    """The bytes of a file with one operator."""
    buffers, tensors, inputs, indices = [table("Buffer")], [], [], []

    def tensor(name, shape, dtype, buffer=0, **fields):
        tensors.append(
            table(
                "Tensor", name=name, shape=list(shape), buffer=buffer, hasRank=True,
                type=getattr(schema.TensorType, TYPES[str(dtype)]), **fields))
        return len(tensors) - 1

    for number, operand in enumerate(operands):
        if operand is None:
            indices.append(-1)
        elif isinstance(operand, Var):
            indices.append(tensor(f"state{number}", operand, "float32", isVariable=True))
        elif isinstance(operand, In):
            indices.append(tensor(f"in{len(inputs)}", operand.shape, operand.dtype))
            inputs.append(indices[-1])
        else:
            data = np.frombuffer(np.ascontiguousarray(operand).tobytes(), np.uint8)
            buffers.append(table("Buffer", data=data))
            fields = {}
            if number in scales:
                scale, axis = scales[number]
                fields["quantization"] = table(
                    "QuantizationParameters", scale=list(scale), zeroPoint=[0] * len(scale), quantizedDimension=axis)
            indices.append(tensor(f"c{number}", operand.shape, operand.dtype, len(buffers) - 1, **fields))
    outputs = [tensor(f"out{i}", shapes[i], dtype) for i, dtype in enumerate(results)]
    node = table("Operator", inputs=indices, outputs=outputs, opcodeIndex=0)
    if options is not None:
        name = type(options).__name__[:-1]
        if hasattr(schema.BuiltinOptions, name):
            node.builtinOptions, node.builtinOptionsType = options, getattr(schema.BuiltinOptions, name)
        else:
            node.builtinOptions2, node.builtinOptions2Type = options, getattr(schema.BuiltinOptions2, name)
    value = getattr(schema.BuiltinOperator, code)
    model = table(
        "Model", version=3, buffers=buffers,
        operatorCodes=[
            table("OperatorCode", builtinCode=value, deprecatedBuiltinCode=min(value, 127), version=version)],
        subgraphs=[table("SubGraph", tensors=tensors, inputs=inputs, outputs=outputs, operators=[node])])
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def run(data, inputs, calls=2):
    """The outputs of each call on one interpreter without delegates."""
    interpreter = Interpreter(
        model_content=data, experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    for detail, array in zip(interpreter.get_input_details(), inputs):
        if list(detail["shape"]) != list(array.shape):
            interpreter.resize_tensor_input(detail["index"], array.shape)
    interpreter.allocate_tensors()
    results = []
    for _ in range(calls):
        for detail, array in zip(interpreter.get_input_details(), inputs):
            interpreter.set_tensor(detail["index"], np.asarray(array))
        interpreter.invoke()
        results.append([interpreter.get_tensor(x["index"]) for x in interpreter.get_output_details()])
    return results


def save(path, data, inputs):
    """Writes the two files of a case."""
    first, again = run(data, inputs)
    for output in first:
        assert output.size and np.all(np.isfinite(output)), f"{path}: {output}"
        assert output.size == 1 or output.dtype == bool or output.std() > 0, f"{path}: constant output"
    with open(path + ".tflite", "wb") as file:
        file.write(data)
    arrays = {f"in{i}": np.asarray(x) for i, x in enumerate(inputs)}
    arrays.update({f"out{i}": x for i, x in enumerate(first)})
    arrays.update({f"again{i}": x for i, x in enumerate(again)})
    np.savez_compressed(path + ".npz", **arrays)
    print(os.path.basename(path), len(data), file=sys.stderr)


def generator(name):
    """Random numbers that depend on the name of the case only."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def operators(make_file):
    """Returns `case(name, code, operands, results, options, version, scales)` writing beside `make_file`."""
    folder = os.path.dirname(os.path.abspath(make_file))

    def case(name, code, operands, results=("float32",), options=None, version=1, scales=None):
        shapes = [[1]] * len(results)
        inputs = [x for x in operands if isinstance(x, In)]
        data = build(code, version, operands, results, options, scales or {}, shapes)
        try:
            shapes = [x.shape for x in run(data, inputs, 1)[0]]
            save(os.path.join(folder, name), build(code, version, operands, results, options, scales or {}, shapes), inputs)
        except (RuntimeError, ValueError) as error:
            print(f"{name}: {error}".splitlines()[0][:300], file=sys.stderr)

    return case
