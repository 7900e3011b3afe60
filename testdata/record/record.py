"""What the recorders of all generations of Keras share.

With MISSING=1 in the environment, configurations that have files are left alone.
"""

import os
import sys
import zipfile
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np

BATCH = 2


def seed_of(path):
    """A number that depends only on the folder and name of a configuration."""
    return zlib.crc32("/".join(os.path.abspath(path).split(os.sep)[-2:]).encode())


def is_kept(path):
    """Whether a file is there and should stay as it is."""
    return bool(os.environ.get("MISSING")) and os.path.exists(path)


def one_for_each(value, items):
    """A list of one value for each item, from such a list or from the value of all."""
    return value if isinstance(value, (list, tuple)) else [value] * len(items)


def in_calls(run, inputs, calls):
    """The outputs of several calls in a row, which share the samples of the inputs among them."""
    results = [run(part) for part in zip(*[np.split(x, calls) for x in inputs])]
    return [np.concatenate(y) for y in zip(*results)]


def check(path, outputs, minimum_std):
    """Refuses outputs that would let a wrong conversion pass."""
    for output in outputs:
        assert np.all(np.isfinite(output)), f"{path}: output is not finite"
        assert output.std() > minimum_std, f"{path}: output std is {output.std()}"


def write(path, inputs, outputs):
    """Writes the inputs as in0, in1, ... and the outputs as out0, out1, ... of an `.npz` file."""
    arrays = {f"in{i}": x for i, x in enumerate(inputs)}
    arrays.update({f"out{i}": y for i, y in enumerate(outputs)})
    np.savez(path, **arrays)


def deflate(path):
    """Packs an archive anew with compression, as tools other than Keras do."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)


def placed(function):
    """The function with code that names this machine's folders nowhere."""
    def moved(code):
        constants = [moved(c) if hasattr(c, "co_code") else c for c in code.co_consts]
        return code.replace(co_filename="make.py", co_consts=tuple(constants))

    function.__code__ = moved(function.__code__)
    return function


def tell(path):
    """Says which configuration was recorded."""
    print("/".join(path.split(os.sep)[-2:]), file=sys.stderr)
