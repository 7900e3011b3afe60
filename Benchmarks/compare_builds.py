"""Compares the processor time and the memory of conversions by two builds of kconvert.

    python compare_builds.py OLD NEW [--rounds 9] [--options '--verify off'] [--zoo FOLDER] [MODEL …]

OLD and NEW are binaries that were linked in the same way. A MODEL is a file, or an architecture and weights joined by `+`;
without any, the models are the MLP and the audio network of testdata/keras2/models and, with `--zoo`, every NAME.json + NAME.h5 of
a folder made by testdata/zoo/make.py. Whole processes run in turns, old before new, after one unmeasured round. Printed
are medians of processor time (user and system), the ratio of medians and that of minima, which other processes
disturb least, and the largest resident sets.
"""

import argparse
import os
import pathlib
import shlex
import statistics
import subprocess
import tempfile

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "testdata" / "keras2" / "models"


def measure(command):
    """(seconds of processor time, peak resident kilobytes) of one whole process."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"exit code {child.returncode}: {shlex.join(command)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def models(arguments):
    """Lists of the files of each model."""
    if arguments.models:
        return [model.split("+") for model in arguments.models]
    found = [FIXTURES / f"{name}.json" for name in ("mlp", "audio_cnn")]
    if arguments.zoo:
        found += sorted(pathlib.Path(arguments.zoo).glob("*.json"))
    return [[str(path), str(path.with_suffix(".h5"))] for path in found]


def row(files, arguments, folder):
    """The cells of one model."""
    options = ["-o", os.path.join(folder, "model.tflite"), "--quiet", *shlex.split(arguments.options)]
    binaries = (arguments.old, arguments.new)
    rounds = [[measure([binary, *files, *options]) for binary in binaries] for _ in range(arguments.rounds + 1)]
    (old, old_peaks), (new, new_peaks) = (zip(*(turn[index] for turn in rounds[1:])) for index in (0, 1))
    return [
        pathlib.Path(files[0]).stem,
        f"{statistics.median(old) * 1e3:.1f}",
        f"{statistics.median(new) * 1e3:.1f}",
        f"{statistics.median(new) / statistics.median(old):.2f}",
        f"{min(new) / min(old):.2f}",
        f"{max(old_peaks) / 1e3:.0f}",
        f"{max(new_peaks) / 1e3:.0f}",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("models", nargs="*", metavar="MODEL")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--options", default="")
    parser.add_argument("--zoo")
    arguments = parser.parse_intermixed_args()
    print("| model | old ms | new ms | ratio of medians | of minima | old peak MB | new peak MB |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for files in models(arguments):
            print("| " + " | ".join(row(files, arguments, folder)) + " |", flush=True)


if __name__ == "__main__":
    main()
