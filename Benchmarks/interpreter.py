"""Measures the bundled interpreter against LiteRT with XNNPACK on the same files.

    python interpreter.py --kconvert PATH [--zoo FOLDER] [--rounds 10] [--threads 1,2]
                          [--json FILE] [--quantize MODE] [NAME | FILE.tflite ...]

Needs `pip install -r Tests/requirements.txt`. The models are the MLP and the audio
network of testdata/keras2/models and every NAME.json + NAME.h5 of the zoo folder, made by
testdata/zoo/make.py and testdata/zoo/sequences.py. Each is converted by kconvert, with --quantize
in fewer bits; both run the same file on zeros. Files that are named are run as they are.

A round runs one block of inferences in LiteRT and one in `kconvert bench`, each in a
process of its own, so that both see the same machine. A block's time is the median of
its inferences, a model's time the median over the rounds, and the ratio the median of
the rounds' ratios (below 1: kconvert is faster). The processor times, in brackets, are
meaningful on a busy machine too: the least over the rounds.

Load is the time from the path to an interpreter that can run, first the time to the
first result. The memory of LiteRT is what allocating the tensors adds to its address
space without a delegate, where it is large enough to be seen.
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

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(os.path.dirname(HERE), "testdata", "keras2", "models")
MEGABYTE = 1_000_000


def data_bytes():
    """Bytes of this process's private writable address space."""
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith("VmData"):
                return int(line.split()[1]) * 1024
    return 0


def litert_block(path, runs, threads, delegate=True):
    """What `kconvert bench --json` prints, measured with LiteRT in this process."""
    import numpy as np
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    kinds = OpResolverType
    resolver = kinds.AUTO if delegate else kinds.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    start = time.perf_counter()
    interpreter = Interpreter(
        model_path=path, num_threads=threads, experimental_op_resolver_type=resolver
    )
    before = data_bytes()
    interpreter.allocate_tensors()
    load = time.perf_counter() - start
    arena = data_bytes() - before
    for detail in interpreter.get_input_details():
        interpreter.set_tensor(detail["index"], np.zeros(detail["shape"], detail["dtype"]))
    interpreter.invoke()
    first = time.perf_counter() - start
    for _ in range(2):
        interpreter.invoke()
    times, processor = [], []
    for _ in range(runs):
        begin, used = time.perf_counter(), time.process_time()
        interpreter.invoke()
        times.append(time.perf_counter() - begin)
        processor.append(time.process_time() - used)
    return {
        "load": load, "first": first, "median": statistics.median(times),
        "processor": min(processor), "arenaBytes": arena,
    }


def output(command):
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}: {run.stderr.strip()}")
    return json.loads(run.stdout.strip().splitlines()[-1] if "--block" in command else run.stdout)


def litert(path, runs, threads, *flags):
    command = [sys.executable, __file__, "--block", path, str(runs), str(threads), *flags]
    return output(command)


def kconvert(binary, path, runs, threads):
    command = [binary, "bench", path, "--runs", str(runs), "--threads", str(threads), "--json"]
    return output(command)


def measure(name, path, options):
    result = {"name": name, "threads": {}}
    arena = litert(path, 1, 1, "--builtin")["arenaBytes"]
    for threads in options.threads:
        guess = litert(path, 3, threads)["median"]
        runs = max(5, min(200, int(0.5 / guess)))
        ours, theirs = [], []
        for _ in range(options.rounds):
            theirs.append(litert(path, runs, threads))
            ours.append(kconvert(options.kconvert, path, runs, threads))
        def middle(blocks, key):
            return statistics.median(x[key] for x in blocks)
        result["threads"][threads] = {
            "ours": middle(ours, "median"), "litert": middle(theirs, "median"),
            "ratio": statistics.median(a["median"] / b["median"] for a, b in zip(ours, theirs)),
            "processor": min(x["processor"] for x in ours),
            "litert_processor": min(x["processor"] for x in theirs),
        }
        if threads == options.threads[0]:
            result["load"] = [middle(x, "load") for x in (ours, theirs)]
            result["first"] = [middle(x, "first") for x in (ours, theirs)]
            result["arena"] = [ours[0]["arenaBytes"], arena]
    return result


def row(result):
    cells = [result["name"]]
    for one in result["threads"].values():
        cells += [
            f"{1000 * one['ours']:.2f}", f"{1000 * one['litert']:.2f}", f"{one['ratio']:.2f}",
            f"({one['processor'] / max(one['litert_processor'], 1e-9):.2f})",
        ]
    both = list(result["threads"].values())
    cells.append(f"{both[0]['ours'] / both[1]['ours']:.2f}" if len(both) > 1 else "–")
    for key in ("load", "first"):
        cells.append(" / ".join(f"{1000 * x:.1f}" for x in result[key]))
    cells.append(" / ".join(f"{x / MEGABYTE:.2f}" for x in result["arena"]))
    return cells


def header(threads):
    cells = ["model"]
    for count in threads:
        cells += [f"kconvert ms, {count} threads" if count > 1 else "kconvert ms", "LiteRT ms",
                  "ratio", "(processor)"]
    return cells + ["speed-up", "load ms", "first ms", "arena MB"]


def models(options):
    files = [name for name in options.names if name.endswith(".tflite")]
    for file in files:
        yield os.path.basename(file)[: -len(".tflite")], [file]
    if files:
        return
    found = [(name, FIXTURES) for name in ("mlp", "audio_cnn")]
    if options.zoo and os.path.isdir(options.zoo):
        names = sorted(x[:-5] for x in os.listdir(options.zoo) if x.endswith(".json"))
        found += [(name, options.zoo) for name in names]
    for name, folder in found:
        paths = [os.path.join(folder, name + end) for end in (".json", ".h5")]
        if (not options.names or name in options.names) and all(map(os.path.exists, paths)):
            yield name, paths


def main():
    if sys.argv[1:2] == ["--block"]:
        path, runs, threads = sys.argv[2:5]
        block = litert_block(path, int(runs), int(threads), "--builtin" not in sys.argv)
        print(json.dumps(block))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kconvert", required=True, help="the binary to measure")
    parser.add_argument("--zoo", help="folder of networks")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument(
        "--threads", type=lambda text: [int(x) for x in text.split(",")], default=[1, 2]
    )
    parser.add_argument("--json", help="also write the measurements to this file")
    parser.add_argument("--quantize", help="convert in this mode")
    parser.add_argument("names", nargs="*", help="only these models, or these files")
    options = parser.parse_args()
    cells = header(options.threads)
    print("| " + " | ".join(cells) + " |")
    print("|---" + "|--:" * (len(cells) - 1) + "|", flush=True)
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, paths in models(options):
            path = os.path.join(scratch, name + ".tflite")
            flags = ["--quantize", options.quantize] if options.quantize else []
            if options.quantize in ("int8", "int16x8"):
                flags += ["--samples", ":random"]
            if paths[0].endswith(".tflite"):
                path = paths[0]
            else:
                command = [options.kconvert, *paths, "-o", path, "--verify", "off", "--quiet"]
                subprocess.run(command + flags, check=True)
            results.append(measure(name, path, options))
            print("| " + " | ".join(row(results[-1])) + " |", flush=True)
    for threads in options.threads:
        for label, key in (("time", "ratio"), ("processor time", None)):
            logs = [
                math.log(x["threads"][threads]["ratio"] if key else
                         x["threads"][threads]["processor"]
                         / x["threads"][threads]["litert_processor"])
                for x in results
            ]
            if logs:
                print(f"geometric mean of the {label} ratios, {threads} threads: "
                      f"{math.exp(statistics.mean(logs)):.2f}")
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)
    if not results:
        sys.exit("no models found")


if __name__ == "__main__":
    main()
