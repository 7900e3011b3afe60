"""Runs `.tflite` files in TensorFlow Lite Micro and compares them with recorded outputs.

Needs `pip install -r Tests/requirements.txt`. Jobs and answers are those of
`run_litert.py`, as JSON lines; of a job `model`, `data`, `repeats` and `id` count.
Every file runs in a process of its own, since the runtime ends the process on a
fault. All runs of a file use one interpreter.
"""

import json
import multiprocessing
import sys

import numpy as np
from tflite_micro import runtime

from run_litert import compare, numbered

ARENA = 64 << 20


def run(interpreter, inputs, outputs):
    for index, array in enumerate(inputs):
        interpreter.set_input(np.ascontiguousarray(array), index)
    interpreter.invoke()
    return [np.array(interpreter.get_output(index)) for index in range(outputs)]


def perform(job):
    with np.load(job["data"]) as file:
        data = {name: file[name] for name in file.files}
    inputs, expected = numbered(data, "in"), numbered(data, "out")
    interpreter = runtime.Interpreter.from_file(job["model"], arena_size=ARENA)
    details = [interpreter.get_input_details(index) for index in range(len(inputs))]
    inputs = [x.astype(detail["dtype"]) for x, detail in zip(inputs, details)]
    worst = 0.0
    for _ in range(job.get("repeats", 3)):
        for found, wanted in zip(run(interpreter, inputs, len(expected)), expected):
            error, by_spread = compare(found.reshape(wanted.shape), wanted)
            if error is None:
                raise ValueError("an output is not finite where the data is, or vice versa")
            worst = max(worst, by_spread)
    return {"ok": True, "worst": worst}


def answer(job, queue):
    try:
        queue.put(perform(job))
    except Exception as error:  # every job is answered
        queue.put({"ok": False, "error": str(error)})


def main():
    context = multiprocessing.get_context("fork")
    for line in sys.stdin:
        job = json.loads(line)
        queue = context.Queue()
        process = context.Process(target=answer, args=(job, queue))
        process.start()
        process.join(60)
        if process.is_alive():
            process.kill()
        result = {"ok": False, "error": f"the process ended with {process.exitcode}"}
        if not queue.empty():
            result = queue.get()
        print(json.dumps({"id": job["id"], "model": job["model"], **result}), flush=True)


if __name__ == "__main__":
    main()
