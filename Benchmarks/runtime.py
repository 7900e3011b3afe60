"""Measures kconvert's files against those of TensorFlow's converter in LiteRT with XNNPACK.

    python runtime.py --kconvert PATH --zoo FOLDER [--rounds 40] [--stock PYTHON]
                      [--json FILE] [NAME ...]

Needs `pip install -r Tests/requirements.txt`. The models are every NAME.json + NAME.h5 of
the zoo folder, made by testdata/zoo/make.py and testdata/zoo/sequences.py, and the MLP and
the audio network of testdata/keras2/models. The other converter's file, with a batch of 1,
is NAME.stock.tflite in the zoo folder; if it is missing and `--stock` names a Python with
TensorFlow, Benchmarks/stock_convert.py makes it.

Both files run in one process on one thread, one inference of each in turns, each first every
other time and loaded first for one half of the rounds, on the recorded inputs. Printed are
operators, XNNPACK's partitions, bytes, medians and minima in milliseconds with their ratios
(below 1: ours is faster), and the largest difference of each file's outputs from what Keras
computed, in their range. A row ends with `slower` if median and minimum both exceed 1.01.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
from ai_edge_litert import schema_py_generated
from ai_edge_litert.interpreter import Interpreter

HERE = os.path.dirname(os.path.abspath(__file__))
TESTDATA = os.path.join(os.path.dirname(HERE), "testdata")
sys.path.append(os.path.join(TESTDATA, "stock"))

from counting import Counting

FIXTURES = os.path.join(TESTDATA, "keras2", "models")


class File:
    """A `.tflite` file that is ready to run."""

    def __init__(self, path):
        with open(path, "rb") as file:
            content = file.read()
        self.bytes = len(content)
        self.operators = Counting(content, schema_py_generated).names.total()
        self.interpreter = Interpreter(model_content=content, num_threads=1)
        self.interpreter.allocate_tensors()
        nodes = self.interpreter._get_ops_details()
        self.partitions = sum(node["op_name"] == "DELEGATE" for node in nodes)
        self.inputs = self.interpreter.get_input_details()
        self.times = []

    def run(self, values):
        for place, value in zip(self.inputs, values):
            self.interpreter.set_tensor(place["index"], value.astype(place["dtype"]))
        begin = time.perf_counter()
        self.interpreter.invoke()
        self.times.append(time.perf_counter() - begin)

    def outputs(self):
        return [self.interpreter.get_tensor(x["index"])
                for x in self.interpreter.get_output_details()]

    def error(self, inputs, expected):
        """The largest difference from Keras on all records, relative to the range of the output."""
        worst = 0.0
        for row in range(len(expected)):
            self.run([x[row:row + 1] for x in inputs])
            found = self.outputs()[0].astype(np.float64)
            scale = max(float(np.ptp(expected[row])), 1e-9)
            worst = max(worst, float(np.max(np.abs(found - expected[row]))) / scale)
        return worst


def measure(name, ours, theirs, data, rounds):
    paths, times = [ours, theirs], [[], []]
    # Which file is loaded first decides where its memory lies, and must decide nothing else.
    for order in ((0, 1), (1, 0)):
        loaded = {which: File(paths[which]) for which in order}
        files = [loaded[0], loaded[1]]
        inputs = [data[f"in{i}"].astype(np.float32) for i in range(len(files[0].inputs))]
        errors = [x.error(inputs, data["out0"]) for x in files]
        guess = max(files[1].times[-1], 1e-5)
        for file in files:
            file.times.clear()
        for turn in range(max(rounds, min(2000, int(1.5 / guess))) // 2):
            # Neither must which file finds the other's values in the caches.
            for file in files if turn % 2 else reversed(files):
                file.run([x[:1] for x in inputs])
        for pooled, file in zip(times, files):
            pooled += file.times
    return {
        "name": name, "operators": [x.operators for x in files],
        "partitions": [x.partitions for x in files], "bytes": [x.bytes for x in files],
        "medians": [statistics.median(x) for x in times], "minima": [min(x) for x in times],
        "errors": errors,
    }


def row(result):
    def pair(key, form="{}"):
        return " / ".join(form.format(x) for x in result[key])
    ratios = [result[key][0] / result[key][1] for key in ("medians", "minima")]
    return [
        result["name"], pair("operators"), pair("partitions"), pair("bytes"),
        " / ".join(f"{1000 * x:.3f}" for x in result["medians"]), f"{ratios[0]:.3f}",
        f"{ratios[1]:.3f}", pair("errors", "{:.1e}"),
        "slower" if min(ratios) > 1.01 else "",
    ]


def models(options):
    """(name, paths of architecture and weights, path of the other file)"""
    names = sorted(x[:-5] for x in os.listdir(options.zoo) if x.endswith(".json"))
    found = [(x, FIXTURES) for x in ("mlp", "audio_cnn")] + [(x, options.zoo) for x in names]
    for name, folder in found:
        paths = [os.path.join(folder, name + end) for end in (".json", ".h5")]
        stock = os.path.join(options.zoo, name + ".stock.tflite")
        if options.names and name not in options.names:
            continue
        if not os.path.exists(stock) and options.stock:
            script = os.path.join(HERE, "stock_convert.py")
            subprocess.run([options.stock, script, *paths, stock], check=True,
                           stderr=subprocess.DEVNULL)
        if all(map(os.path.exists, [*paths, stock])):
            yield name, paths, stock


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kconvert", required=True, help="the binary to measure")
    parser.add_argument("--zoo", required=True, help="folder of networks")
    parser.add_argument("--stock", help="a Python with TensorFlow, to make missing files")
    parser.add_argument("--rounds", type=int, default=40, help="inferences at least")
    parser.add_argument("--json", help="also write the measurements to this file")
    parser.add_argument("names", nargs="*", help="only these models")
    options = parser.parse_args()
    head = ["model", "operators", "partitions", "bytes", "median ms", "ratio", "of minima",
            "error", ""]
    print("| " + " | ".join(head) + " |\n|---" + "|--:" * (len(head) - 1) + "|", flush=True)
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, paths, stock in models(options):
            path = os.path.join(scratch, name + ".tflite")
            subprocess.run(
                [options.kconvert, *paths, "-o", path, "--verify", "off", "--quiet"], check=True)
            data = np.load(paths[1][:-3] + ".npz")
            results.append(measure(name, path, stock, data, options.rounds))
            print("| " + " | ".join(row(results[-1])) + " |", flush=True)
            os.remove(path)
    if not results:
        sys.exit("no models found")
    logs = [math.log(x["medians"][0] / x["medians"][1]) for x in results]
    print(f"\ngeometric mean of the ratios: {math.exp(statistics.mean(logs)):.3f}")
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
