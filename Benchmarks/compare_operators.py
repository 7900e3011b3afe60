"""Compares the operators and bytes of kconvert's files with those of TensorFlow's converter.

    python compare_operators.py --kconvert PATH [--all] [--bytes] [MODEL ...]

Needs `pip install -r Tests/requirements.txt`. Converts the models of
`testdata/stock/operators.tsv` with kconvert and prints those of which our file has more
operators than the other converter's (with `--bytes`: more bytes), with the operators
that one has more often than the other. A loop that is written out counts as more only if
a run executes more operators as well. `--all` prints every model. Names select the
models that contain them. Exits with 1 if a model has more operators than that, and than
`testdata/stock/exempt.tsv` allows it with a reason.
"""

import argparse
import collections
import csv
import os
import subprocess
import sys
import tempfile

from ai_edge_litert import schema_py_generated

TESTDATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "testdata")
sys.path.append(os.path.join(TESTDATA, "stock"))

from counting import Counting


def table(name):
    with open(os.path.join(TESTDATA, "stock", name), newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def counted(names):
    """A count of operators from names like `ADD×2`."""
    parts = [name.split("×") for name in names.split()]
    return collections.Counter({part[0]: int(part[1]) if part[1:] else 1 for part in parts})


def ours(kconvert, model, path):
    """(names, operators of a run, bytes) of the file that kconvert writes, or None if it does not."""
    command = [kconvert, model, "-o", path, "--verify", "off", "--quiet"]
    if subprocess.run(command, capture_output=True).returncode != 0:
        return None
    with open(path, "rb") as file:
        content = file.read()
    counting = Counting(content, schema_py_generated)
    return counting.names, counting.executed(), len(content)


def difference(a, b):
    return " ".join(f"{name}×{n}" if n > 1 else name for name, n in sorted((a - b).items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kconvert", required=True, help="the binary to measure")
    parser.add_argument("--all", action="store_true", help="print every model")
    parser.add_argument("--bytes", action="store_true", help="compare bytes, not operators")
    parser.add_argument("models", nargs="*", help="only models whose names contain one of these")
    options = parser.parse_args()
    exempt = {row["model"]: row for row in table("exempt.tsv")}
    compared = larger = 0
    print("| model | kconvert | stock | only kconvert | only stock | |\n|---|--:|--:|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for row in table("operators.tsv"):
            name = row["model"]
            if int(row["operators"]) < 0 or not any(x in name for x in options.models or [""]):
                continue
            found = ours(
                options.kconvert, os.path.join(TESTDATA, name + ".keras"),
                os.path.join(folder, "out.tflite"))
            if found is None:
                continue
            operators, executed, size = found
            theirs = counted(row["names"])
            column = "bytes" if options.bytes else "operators"
            pair = (size if options.bytes else operators.total(), int(row[column]))
            compared += 1
            is_larger = pair[0] > pair[1] and (
                options.bytes or executed > int(row["executed"]))
            is_exempt = name in exempt and pair[0] <= int(exempt[name]["operators"])
            note = exempt[name]["reason"] if is_exempt else ""
            larger += is_larger and not is_exempt
            if is_larger or options.all:
                print(f"| {name} | {pair[0]} | {pair[1]} | {difference(operators, theirs)} | "
                      f"{difference(theirs, operators)} | {note} |", flush=True)
    print(f"\n{compared} models compared, {larger} are larger and not exempt")
    sys.exit(1 if larger else 0)


if __name__ == "__main__":
    main()
