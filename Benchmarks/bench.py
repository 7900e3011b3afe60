"""Measures kconvert against `cp` and against TensorFlow's converter.

    python bench.py --kconvert PATH [--zoo FOLDER] [--rounds 7] [--no-stock]
                    [--scratch FOLDER] [--json FILE] [MODEL ...]

The models are the MLP and the audio network of testdata/keras2/models and, with `--zoo`,
every NAME.json + NAME.h5 of a folder made by testdata/zoo/make.py. Timed are
whole processes, from start to exit, in turns, after one unmeasured round, with
the files in the page cache and all outputs on the disk of `--scratch` (default:
the folder of the weights):

    cp          cp WEIGHTS.h5 OUT
    kconvert    kconvert MODEL.json WEIGHTS.h5 -o OUT --verify off --quiet
    verified    kconvert MODEL.json WEIGHTS.h5 -o OUT --quiet
    stock       python stock_convert.py MODEL.json WEIGHTS.h5 OUT, once

Times are medians. Memory is the largest resident set of any measured run of
`kconvert` without verification. The stock converter needs
`pip install tensorflow-cpu tf_keras` for the Python that runs this script;
`--no-stock` leaves it out. This script itself needs nothing but Python.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(os.path.dirname(HERE), "testdata", "keras2", "models")
MEGABYTE = 1_000_000


class Failure(Exception):
    """A measured command that did not succeed; holds what it printed."""


def measure(command):
    """(seconds, peak resident bytes) of one whole process.

    A child starts with the peak of the process it was spawned from, so a peak
    below that of this script (about 16 MB) cannot be seen and is reported as that.
    """
    with tempfile.TemporaryFile() as errors:
        null = os.open(os.devnull, os.O_RDWR)
        actions = [
            (os.POSIX_SPAWN_DUP2, null, 0),
            (os.POSIX_SPAWN_DUP2, null, 1),
            (os.POSIX_SPAWN_DUP2, errors.fileno(), 2),
        ]
        try:
            start = time.perf_counter()
            child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
            _, status, usage = os.wait4(child, 0)
            seconds = time.perf_counter() - start
        finally:
            os.close(null)
        if status != 0:
            errors.seek(0)
            text = errors.read().decode(errors="replace").strip().splitlines()
            code = os.waitstatus_to_exitcode(status)
            raise Failure(f"exit code {code}: {text[-1] if text else 'no message'}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * unit


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def read_through(path):
    """Brings a file into the page cache."""
    with open(path, "rb") as file:
        while file.read(1 << 22):
            pass


def bench(name, architecture, weights, options):
    scratch = options.scratch or os.path.dirname(os.path.abspath(weights))
    with tempfile.TemporaryDirectory(dir=scratch, prefix="bench-") as folder:
        out = os.path.join(folder, "out.tflite")
        convert = [options.kconvert, architecture, weights, "-o", out, "--quiet"]
        commands = {
            "cp": ["cp", weights, os.path.join(folder, "copy.h5")],
            "kconvert": [*convert, "--verify", "off"],
            "verified": convert,
        }
        result = {"name": name, "weights_bytes": os.path.getsize(weights)}
        seconds = {key: [] for key in commands}
        peak = 0
        read_through(weights)
        for turn in range(options.rounds + 1):
            for key, command in commands.items():
                if key == "verified" and turn > min(options.rounds, 3):
                    continue
                remove(command[-1] if key == "cp" else out)
                elapsed, resident = measure(command)
                if key == "kconvert":
                    result["output_bytes"] = os.path.getsize(out)
                if turn == 0:
                    continue
                seconds[key].append(elapsed)
                if key == "kconvert":
                    peak = max(peak, resident)
        for key, values in seconds.items():
            result[key] = statistics.median(values)
        result["peak_bytes"] = peak
        if not options.no_stock:
            script = os.path.join(HERE, "stock_convert.py")
            stock_out = os.path.join(folder, "stock.tflite")
            command = [sys.executable, script, architecture, weights, stock_out]
            try:
                result["stock"], result["stock_peak_bytes"] = measure(command)
                result["stock_output_bytes"] = os.path.getsize(stock_out)
            except Failure as failure:
                result["stock_error"] = str(failure)
        return result


def row(result):
    """Cells of the Markdown table; a measurement that is absent is a dash."""
    if "error" in result:
        return [result["name"], f"failed: {result['error']}"] + [""] * 9
    kconvert, output = result["kconvert"], result["output_bytes"]
    stock = result.get("stock")
    allowed = 1.3 * output + 60 * MEGABYTE
    return [
        result["name"],
        f"{result['weights_bytes'] / MEGABYTE:.1f}",
        f"{output / MEGABYTE:.1f}",
        f"{1000 * result['cp']:.1f}",
        f"{1000 * kconvert:.1f}",
        f"{kconvert / result['cp']:.2f}",
        f"{1000 * result['verified']:.0f}",
        f"{stock:.1f}" if stock else "–",
        f"{stock / kconvert:.0f}" if stock else "–",
        f"{result['peak_bytes'] / MEGABYTE:.0f}",
        f"{result['peak_bytes'] / output:.2f}" + ("" if result["peak_bytes"] <= allowed else " (over)"),
    ]


HEADER = [
    "model", "weights MB", "output MB", "cp ms", "kconvert ms", "kconvert/cp", "verified ms",
    "stock s", "stock/kconvert", "peak MB", "peak/output",
]


def models(options):
    found = [(name, FIXTURES) for name in ("mlp", "audio_cnn")]
    if options.zoo:
        names = (x[:-5] for x in os.listdir(options.zoo) if x.endswith(".json"))
        found += [(name, options.zoo) for name in sorted(names)]
    for name, folder in found:
        paths = [os.path.join(folder, name + end) for end in (".json", ".h5")]
        if (not options.models or name in options.models) and all(map(os.path.exists, paths)):
            yield name, *paths


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    command = ["sysctl", "-n", "machdep.cpu.brand_string"]
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip() or "unknown"
    except OSError:
        return "unknown"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kconvert", required=True, help="the binary to measure")
    parser.add_argument("--zoo", help="folder made by testdata/zoo/make.py")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--no-stock", action="store_true", help="skip TensorFlow's converter")
    parser.add_argument("--scratch", help="folder for the outputs")
    parser.add_argument("--json", help="also write the measurements to this file")
    parser.add_argument("models", nargs="*", help="only these models")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    if os.path.dirname(options.kconvert):
        options.kconvert = os.path.abspath(options.kconvert)

    print(f"{processor()}, {os.cpu_count()} logical processors; median of {options.rounds} runs\n")
    print("| " + " | ".join(HEADER) + " |")
    print("|" + "---|" * len(HEADER), flush=True)
    results = []
    for name, architecture, weights in models(options):
        try:
            result = bench(name, architecture, weights, options)
        except (Failure, OSError) as error:
            result = {"name": name, "error": str(error)}
        results.append(result)
        print("| " + " | ".join(row(result)) + " |", flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)
    if not results:
        sys.exit("no models found")
    sys.exit(1 if any("error" in x for x in results) else 0)


if __name__ == "__main__":
    main()
