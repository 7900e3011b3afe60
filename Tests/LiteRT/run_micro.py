"""Runs `.tflite` files in TensorFlow Lite Micro and compares them with recorded outputs.

Needs `pip install -r Tests/requirements.txt`. Jobs and answers are those of
`run_litert.py`, as JSON lines; of a job `model`, `data`, `repeats` and `id` count,
and `arena`: a number of bytes that is tried as the size of the arena. The answer then
has `smallest`, the smallest size in steps of 16 that works, found from the tried one on.
Without `data` nothing else is done.
Every file runs in a process of its own, since the runtime ends the process on a
fault. All runs of a file use one interpreter.
"""

import json
import multiprocessing
import os
import sys

import numpy as np
from tflite_micro import runtime

from run_litert import Errors, numbered

ARENA = 64 << 20
STEP = 16
SEARCH = 16384


def run(interpreter, inputs, outputs):
    for index, array in enumerate(inputs):
        interpreter.set_input(np.ascontiguousarray(array), index)
    interpreter.invoke()
    return [np.array(interpreter.get_output(index)) for index in range(outputs)]


def allocates(job, size):
    """Whether an arena of a size works; the runtime can fault on one that is too small."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            runtime.Interpreter.from_file(job["model"], arena_size=size)
        except RuntimeError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def smallest_arena(job):
    """The smallest arena that works, as far as the search goes from the given one."""
    size = job["arena"]
    if allocates(job, size):
        while size > STEP and allocates(job, size - STEP):
            size -= STEP
        return size
    while size < job["arena"] + SEARCH:
        size += STEP
        if allocates(job, size):
            return size
    return size


def perform(job):
    if not job["data"]:
        return {"ok": True, "smallest": smallest_arena(job)}
    with np.load(job["data"]) as file:
        data = {name: file[name] for name in file.files}
    inputs, expected = numbered(data, "in"), numbered(data, "out")
    size = job.get("arena") or ARENA
    smallest = smallest_arena(job) if job.get("arena") else None
    interpreter = runtime.Interpreter.from_file(
        job["model"], arena_size=max(size, smallest or 0)
    )
    details = [interpreter.get_input_details(index) for index in range(len(inputs))]
    inputs = [x.astype(detail["dtype"]) for x, detail in zip(inputs, details)]
    errors = Errors(len(expected))
    for _ in range(job.get("repeats", 3)):
        found = run(interpreter, inputs, len(expected))
        errors.add([x.reshape(wanted.shape) for x, wanted in zip(found, expected)], expected)
    indices = range(len(expected))
    return {
        "ok": True,
        "worst": max(max(errors.relative[index]) for index in indices),
        "decibels": min(errors.decibels(index) for index in indices),
        "smallest": smallest,
    }


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
