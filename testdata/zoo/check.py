"""Converts every model of a zoo folder and compares it with Keras in LiteRT.

    python check.py KCONVERT FOLDER

FOLDER holds NAME.json, NAME.h5 and NAME.npz, made by make.py. Needs
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


def main():
    kconvert, folder = sys.argv[1:3]
    names = sorted(f[:-4] for f in os.listdir(folder) if f.endswith(".npz"))
    failed = 0
    print("| model | operators | batch norms left | conversion | error in LiteRT | LiteRT |")
    print("|---|--:|--:|--:|--:|--:|")
    for name in names:
        base = os.path.join(folder, name)
        with tempfile.TemporaryDirectory() as scratch:
            model, report = os.path.join(scratch, "m.tflite"), os.path.join(scratch, "r.json")
            start = time.perf_counter()
            run = subprocess.run(
                [kconvert, base + ".json", base + ".h5", "-o", model, "--report", report, "-q"]
            )
            seconds = time.perf_counter() - start
            if run.returncode != 0:
                failed += 1
                continue
            job = json.dumps({"model": model, "data": base + ".npz", "repeats": 3})
            answer = json.loads(
                subprocess.run(
                    [sys.executable, RUNNER], input=job, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL, text=True,
                ).stdout
            )
            with open(report) as file:
                facts = json.load(file)
        if not answer["ok"] or answer["worst"] > TOLERANCE:
            failed += 1
            print(f"{name}: {answer.get('error') or answer['worst']}")
            continue
        print(
            f"| {name} | {facts['before']['operators']} → {facts['after']['operators']} "
            f"| {facts['batchNormalizations']['left']} | {seconds:.2f} s "
            f"| {answer['worst']:.1e} | {answer['milliseconds']:.1f} ms |",
            flush=True,
        )
    print(f"{len(names) - failed} passed, {failed} failed")
    sys.exit(1 if failed or not names else 0)


if __name__ == "__main__":
    main()
