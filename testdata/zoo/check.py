"""Converts every model of a zoo folder and compares it with Keras in LiteRT.

    python check.py KCONVERT FOLDER

FOLDER holds what make.py or make3.py wrote: NAME.npz with NAME.json and NAME.h5, or
with NAME.keras, NAME.h5 and NAME.json with NAME.weights.h5. Needs
`pip install -r Tests/requirements.txt`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RUNNER = os.path.join(HERE, "..", "..", "Tests", "LiteRT", "run_litert.py")
TOLERANCE = 1e-4


def forms(base):
    """The files of a model, by form: each list is converted."""
    if not os.path.exists(base + ".keras"):
        return {"": [base + ".json", base + ".h5"]}
    return {
        " .keras": [base + ".keras"],
        " .h5": [base + ".h5"],
        " JSON": [base + ".json", base + ".weights.h5"],
    }


def check(kconvert, name, files, data):
    """Converts a model, prints a line about it, and tells whether it is right."""
    with tempfile.TemporaryDirectory() as scratch:
        model, report = os.path.join(scratch, "m.tflite"), os.path.join(scratch, "r.json")
        start = time.perf_counter()
        run = subprocess.run([kconvert, *files, "-o", model, "--report", report, "-q"])
        seconds = time.perf_counter() - start
        if run.returncode != 0:
            return False
        job = json.dumps({"model": model, "data": data, "repeats": 3})
        answer = json.loads(
            subprocess.run(
                [sys.executable, RUNNER], input=job, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True,
            ).stdout
        )
        with open(report) as file:
            facts = json.load(file)
    if not answer["ok"] or answer["worst"] > TOLERANCE:
        print(f"{name}: {answer.get('error') or answer['worst']}")
        return False
    print(
        f"| {name} | {facts['before']['operators']} → {facts['after']['operators']} "
        f"| {facts['batchNormalizations']['left']} | {seconds:.2f} s "
        f"| {answer['worst']:.1e} | {answer['milliseconds']:.1f} ms |",
        flush=True,
    )
    return True


def main():
    kconvert, folder = sys.argv[1:3]
    names = sorted(f[:-4] for f in os.listdir(folder) if f.endswith(".npz"))
    print("| model | operators | batch norms left | conversion | error in LiteRT | LiteRT |")
    print("|---|--:|--:|--:|--:|--:|")
    passed = [
        check(kconvert, name + form, files, os.path.join(folder, name + ".npz"))
        for name in names
        for form, files in forms(os.path.join(folder, name)).items()
    ]
    print(f"{passed.count(True)} passed, {passed.count(False)} failed")
    sys.exit(0 if passed and all(passed) else 1)


if __name__ == "__main__":
    main()
