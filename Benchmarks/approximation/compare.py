"""Compares an approximated network with narrower ones that were trained the same way.

    python compare.py --kconvert PATH FOLDER [--budget 0.01]

Needs `pip install -r Tests/requirements.txt`. FOLDER is one that train.py filled. Converts the networks of all widths as they are,
and the widest one with `--approximate`, fitted to the images that all were trained with. Prints for each the multiply-accumulate operations, the part of right answers on images that
neither training nor approximation has seen, and the time in LiteRT: one inference of each in turns, one thread, least and median.
"""

import argparse
import json
import os
import subprocess
import time

import numpy as np
from ai_edge_litert.interpreter import Interpreter

ROUNDS = 300


def converted(kconvert, model, path, *options):
    report = path + ".json"
    subprocess.run([kconvert, model, "-o", path, "--quiet", "--report", report, *options], check=True)
    with open(report) as file:
        return json.load(file)


def accuracy(interpreter, images, classes):
    right = 0
    for image, label in zip(images, classes):
        right += np.argmax(outputs(interpreter, image[None])) == label
    return right / len(images)


def outputs(interpreter, image):
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kconvert", required=True)
    parser.add_argument("--budget", default="0.01")
    parser.add_argument("folder")
    options = parser.parse_args()
    place = lambda name: os.path.join(options.folder, name)
    widths = sorted(
        (x[len("cnn-"):-len(".keras")] for x in os.listdir(options.folder)
         if x.startswith("cnn-") and x.endswith(".keras")), key=float, reverse=True)
    files = {}
    for width in widths:
        path = place(f"cnn-{width}.tflite")
        files[f"width {width}"] = path, converted(options.kconvert, place(f"cnn-{width}.keras"), path)
    path = place("approximated.tflite")
    files["approximated"] = path, converted(
        options.kconvert, place(f"cnn-{widths[0]}.keras"), path, "--approximate", options.budget,
        "--samples", place("samples.npz"), "--truth", "y", "--fit-samples", place("fit.npz"))
    test = np.load(place("test.npz"))
    images, classes = test["images"], test["y"]
    runners = {}
    for name, (path, _) in files.items():
        runners[name] = Interpreter(path, num_threads=1)
        runners[name].allocate_tensors()
    times = {name: [] for name in runners}
    for round in range(ROUNDS):
        # Each comes after each other one.
        for name in sorted(runners, reverse=round % 2 == 1):
            runner = runners[name]
            start = time.perf_counter()
            outputs(runner, images[round % len(images)][None])
            times[name].append((time.perf_counter() - start) * 1e3)
    print("| network | products | right | ms, least | median |\n|---|--:|--:|--:|--:|")
    for name, (_, report) in files.items():
        print(f"| {name} | {report['after']['multiplyAccumulates'] / 1e6:.1f} M "
              f"| {accuracy(runners[name], images, classes):.2%} "
              f"| {min(times[name]):.3f} | {np.median(times[name]):.3f} |")


main()
