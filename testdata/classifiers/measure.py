"""Counts the answers that quantized files of the trained classifiers lose on 1,000 test images.

    python measure.py --kconvert PATH FOLDER [--modes int8,int16x8,float16,dynamic] [--options ...] [NAME ...]

FOLDER is what make.py wrote. Each network is converted in every mode; the bundled interpreter and
LiteRT (reference kernels, and the delegate) run the files. Prints a row for each: right answers of the
float file, then net answers lost, answers that differ and the ratio of signal to noise of the scores.
Fails if int8 loses more than 3 answers or another mode more than 1.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

ALLOWED = {"int8": 3}
# Weights whose inputs differ by 2^10 have no common scale, and modes without samples do not equalize them.
REFUSED = {("rescaled", "dynamic")}
RESOLVERS = {"reference": OpResolverType.BUILTIN_REF, "delegate": OpResolverType.AUTO}


def litert(path, images, resolver):
    interpreter = Interpreter(path, num_threads=1, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]["index"]
    target = interpreter.get_output_details()[0]["index"]
    scores = []
    for image in images:
        interpreter.set_tensor(source, image[None])
        interpreter.invoke()
        scores.append(interpreter.get_tensor(target)[0].copy())
    return np.array(scores)


def bundled(kconvert, path, images, folder):
    source, target = (os.path.join(folder, x) for x in ("x.npy", "scores.npy"))
    np.save(source, images)
    subprocess.run([kconvert, "run", path, "-i", source, "-o", target], check=True,
                   stdout=subprocess.DEVNULL)
    return np.load(target).reshape(len(images), -1)


def compare(scores, reference, truth):
    lost = np.sum(reference.argmax(-1) == truth) - np.sum(scores.argmax(-1) == truth)
    differ = np.sum(reference.argmax(-1) != scores.argmax(-1))
    noise = np.sum((scores - reference) ** 2.0)
    return int(lost), f"{lost} / {differ} / {10 * np.log10(np.sum(reference ** 2.0) / max(noise, 1e-30)):.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--kconvert", required=True)
    parser.add_argument("--modes", default="int8,int16x8,float16,dynamic")
    parser.add_argument("--options", default="", help="more options of kconvert, separated by spaces")
    options = parser.parse_args()
    test = np.load(os.path.join(options.folder, "test.npz"))
    images, truth = test["image"], test["y"]
    names = options.names or sorted(
        x[:-6] for x in os.listdir(options.folder) if x.endswith(".keras"))
    failed = False
    print("| network | right | mode | bytes | bundled | LiteRT reference | LiteRT |")
    print("|---|--:|---|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            model = os.path.join(options.folder, name + ".keras")
            path = os.path.join(folder, "model.tflite")
            subprocess.run([options.kconvert, model, "-o", path, "--quiet"], check=True)
            reference = bundled(options.kconvert, path, images, folder)
            right = np.sum(reference.argmax(-1) == truth)
            for mode in options.modes.split(","):
                if (name, mode) in REFUSED:
                    continue
                command = [options.kconvert, model, "-o", path, "--quantize", mode, "--quiet"]
                if mode.startswith("int"):
                    command += ["--samples", os.path.join(options.folder, "calibration.npz")]
                subprocess.run(command + options.options.split(), check=True)
                found = [bundled(options.kconvert, path, images, folder)]
                for kind, resolver in RESOLVERS.items():
                    try:
                        found.append(litert(path, images, resolver))
                    except (RuntimeError, ValueError) as error:
                        print(f"{name} {mode} {kind}: {str(error)[:120]}", file=sys.stderr)
                        found.append(None)
                cells = []
                for scores in found:
                    lost, cell = (0, "–") if scores is None else compare(scores, reference, truth)
                    failed |= lost > ALLOWED.get(mode, 1)
                    cells.append(cell)
                size = os.path.getsize(path)
                print(f"| {name} | {right} | {mode} | {size:,} | " + " | ".join(cells) + " |", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
