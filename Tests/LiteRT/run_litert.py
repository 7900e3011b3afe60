"""Runs `.tflite` files in LiteRT and compares them with recorded outputs.

Needs `pip install -r Tests/requirements.txt`. Reads jobs as JSON lines from
standard input and answers each with one JSON line on standard output, in order;
a job that fails is answered too, so one process can serve a whole test suite.

Job:

    {"model": "a.tflite", "data": "a.npz", "other": "a.other.npz",
     "repeats": 3, "delegate": true, "threads": 1, "rows": 3, "id": anything}

`data` holds in0, in1, ... and out0, out1, ... (or arrays by input/output name).
Without `data` the model is only loaded, allocated and run on zeros. `other`, if
given, holds arrays of other sizes that run next, then `data` again. All runs use one
interpreter without a reset, so state that leaks shows as an error. With `rows` so
many samples are run: those of the data over and over.

Answer:

    {"id": ..., "model": ..., "ok": true, "inputs": [{"name", "shape", "dtype"}],
     "outputs": [{"name", "shape", "dtype", "maxAbs", "relative": [per repeat],
                  "worst": largest of them, "spread", "decibels"}],
     "worst": largest relative error, "decibels": least signal to noise ratio, "ops": n, "partitions": n, "milliseconds": t}

or {"ok": false, "error": text}. The relative error is max |found - expected| by
the spread (max - min, at least 1e-6) of the expected output. `partitions` counts
delegate nodes in the plan, `ops` all nodes of the plan. `milliseconds` is the
fastest single invocation.
"""

import json
import os
import re
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType


def numbered(data, prefix):
    names = [name for name in data if re.fullmatch(prefix + r"\d+", name)]
    return [data[name] for name in sorted(names, key=lambda name: int(name[len(prefix):]))]


def ordered(data, prefix, names):
    """Arrays of `data` in the order of `names`, or by number if it has no such names."""
    if names and all(name in data for name in names):
        return [data[name] for name in names]
    return numbered(data, prefix)


class Model:
    """One interpreter, its tensors in signature order if there is a signature.

    The file's own order of inputs and outputs is that of the Keras model; LiteRT
    lists signature names alphabetically, so names only serve to find arrays.
    """

    def __init__(self, path, delegate, threads):
        resolver = (
            OpResolverType.AUTO if delegate else OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
        )
        self.interpreter = Interpreter(
            model_path=path, experimental_op_resolver_type=resolver, num_threads=threads
        )
        self.inputs = self.interpreter.get_input_details()
        self.outputs = self.interpreter.get_output_details()
        self.input_names = [x["name"] for x in self.inputs]
        self.output_names = [x["name"] for x in self.outputs]
        for key in self.interpreter.get_signature_list():
            runner = self.interpreter.get_signature_runner(key)
            self._rename(self.inputs, self.input_names, runner.get_input_details())
            self._rename(self.outputs, self.output_names, runner.get_output_details())
            break

    @staticmethod
    def _rename(details, names, signature):
        by_index = {}
        for name, detail in signature.items():
            by_index.setdefault(detail["index"], name)
        for position, detail in enumerate(details):
            names[position] = by_index.get(detail["index"], names[position])

    def allocate(self, arrays):
        """Gives inputs with free sizes those of `arrays`."""
        for detail, array in zip(self.inputs, arrays):
            signature = list(detail["shape_signature"])
            if -1 not in signature or len(signature) != array.ndim:
                continue
            shape = [found if size == -1 else size for size, found in zip(signature, array.shape)]
            if list(detail["shape"]) != shape:
                self.interpreter.resize_tensor_input(detail["index"], shape)
        self.interpreter.allocate_tensors()
        self.inputs = self.reordered(self.inputs, self.interpreter.get_input_details())
        self.outputs = self.reordered(self.outputs, self.interpreter.get_output_details())

    @staticmethod
    def reordered(old, new):
        by_index = {detail["index"]: detail for detail in new}
        return [by_index[detail["index"]] for detail in old]

    def run(self, arrays):
        for detail, array in zip(self.inputs, arrays):
            self.interpreter.set_tensor(
                detail["index"], np.ascontiguousarray(array).astype(detail["dtype"], copy=False)
            )
        start = time.perf_counter()
        self.interpreter.invoke()
        elapsed = time.perf_counter() - start
        return [self.interpreter.get_tensor(x["index"]) for x in self.outputs], elapsed

    def plan(self):
        """Nodes of the execution plan and how many of them are delegates.

        Nodes that a delegate replaced stay listed; the delegate's own nodes are
        appended behind them, so those are counted by name.
        """
        try:
            details = self.interpreter._get_ops_details()
        except Exception:
            return None, None
        delegates = sum("delegate" in x["op_name"].lower() for x in details)
        return len(details) - delegates, delegates


def batches(arrays, details):
    """Splits recorded inputs into pieces that fit the model's fixed batch."""
    for array, detail in zip(arrays, details):
        shape = [int(n) for n in detail["shape"]]
        if len(shape) and array.ndim == len(shape) and array.shape[0] != shape[0]:
            if shape[0] < 1 or array.shape[0] % shape[0] or list(array.shape[1:]) != shape[1:]:
                raise ValueError(
                    f"input {detail['name']} has shape {shape}, data {list(array.shape)}"
                )
            step = shape[0]
            return [
                [x[first:first + step] for x in arrays]
                for first in range(0, array.shape[0], step)
            ]
    for array, detail in zip(arrays, details):
        if list(array.shape) != list(detail["shape"]):
            raise ValueError(
                f"input {detail['name']} has shape {[int(n) for n in detail['shape']]}, "
                f"data {list(array.shape)}"
            )
    return [arrays]


def describe(details, names):
    return [
        {"name": name, "shape": [int(n) for n in x["shape"]], "dtype": np.dtype(x["dtype"]).name}
        for x, name in zip(details, names)
    ]


def compare(found, expected):
    """(largest absolute error, error relative to the spread of `expected`)."""
    if list(found.shape) != list(expected.shape):
        raise ValueError(f"output has shape {list(found.shape)}, data {list(expected.shape)}")
    if expected.size == 0:
        return 0.0, 0.0
    found, expected = found.astype(np.float64), expected.astype(np.float64)
    if not np.array_equal(np.isfinite(found), np.isfinite(expected)):
        return None, None
    error = float(np.max(np.abs(found - expected)))
    return error, error / max(float(np.ptp(expected)), 1e-6)


class Errors:
    """The errors of the outputs over all runs."""

    def __init__(self, count):
        self.absolute = [0.0] * count
        self.relative = [[] for _ in range(count)]
        self.signal = [0.0] * count
        self.noise = [0.0] * count

    def add(self, found, expected):
        for index, value in enumerate(expected):
            error, by_spread = compare(found[index], value)
            if error is None:
                raise ValueError(f"output {index} is not finite where the data is, or vice versa")
            self.absolute[index] = max(self.absolute[index], error)
            self.relative[index].append(by_spread)
            wide, actual = value.astype(np.float64), found[index].astype(np.float64)
            known = np.isfinite(wide)
            self.signal[index] += float(np.sum(wide[known] ** 2))
            self.noise[index] += float(np.sum((wide[known] - actual[known]) ** 2))

    def decibels(self, index):
        """10 log10(sum of squares / sum of squared errors), at most 200."""
        if self.noise[index] <= 1e-20 * self.signal[index]:
            return 200.0
        return float(10 * np.log10(max(self.signal[index], 1e-30) / self.noise[index]))


def recorded(path, model):
    with np.load(path) as file:
        data = {name: file[name] for name in file.files}
    inputs = ordered(data, "in", model.input_names)
    expected = ordered(data, "out", model.output_names)
    if len(inputs) != len(model.inputs):
        raise ValueError(f"model has {len(model.inputs)} inputs, data {len(inputs)}")
    if len(expected) != len(model.outputs):
        raise ValueError(f"model has {len(model.outputs)} outputs, data {len(expected)}")
    return inputs, expected


def cycled(arrays, rows):
    """`rows` samples of recorded inputs and outputs, over and over."""
    inputs, expected = arrays
    index = np.arange(rows) % inputs[0].shape[0]
    return [x[index] for x in inputs], [x[index] for x in expected]


def perform(job):
    model = Model(job["model"], job.get("delegate", True), job.get("threads", 1))
    if job.get("data"):
        runs = [recorded(job["data"], model)]
        if job.get("other"):
            runs += [recorded(job["other"], model), runs[0]]
        expected = runs[0][1]
    else:
        runs = [([np.zeros(x["shape"], x["dtype"]) for x in model.inputs], None)]
        expected = None
    if job.get("rows"):
        runs = [cycled(arrays, job["rows"]) for arrays in runs]
    fastest = float("inf")
    errors = Errors(len(model.outputs))
    for inputs, wanted in runs:
        model.allocate(inputs)
        pieces = batches(inputs, model.inputs)
        for _ in range(job.get("repeats", 3)):
            parts = []
            for piece in pieces:
                found, elapsed = model.run(piece)
                fastest = min(fastest, elapsed)
                parts.append(found)
            if wanted is not None:
                errors.add(
                    parts[0] if len(parts) == 1 else [np.concatenate(x) for x in zip(*parts)],
                    wanted,
                )
    outputs = describe(model.outputs, model.output_names)
    if expected is not None:
        for index, output in enumerate(outputs):
            output["maxAbs"] = errors.absolute[index]
            output["relative"] = errors.relative[index]
            output["worst"] = max(errors.relative[index])
            output["decibels"] = errors.decibels(index)
            wide = expected[index].astype(np.float64)
            output["spread"] = float(np.ptp(wide)) if wide.size else 0.0
    ops, partitions = model.plan()
    return {
        "ok": True,
        "inputs": describe(model.inputs, model.input_names),
        "outputs": outputs,
        "worst": max((x["worst"] for x in outputs if "worst" in x), default=0.0),
        "decibels": min((x["decibels"] for x in outputs if "decibels" in x), default=200.0),
        "ops": ops,
        "partitions": partitions,
        "milliseconds": 1000 * fastest,
    }


def main():
    for line in sys.stdin:
        if not line.strip():
            continue
        job = {}
        try:
            job = json.loads(line)
            answer = perform(job)
        except Exception as error:
            answer = {"ok": False, "error": f"{type(error).__name__}: {error}"[:2000]}
        answer = {"id": job.get("id"), "model": job.get("model"), **answer}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
