"""Records the file formats of several versions of Keras; see `record.py`.

    python make.py <folder with the versions> [prefix]

The folder holds `keras-<version>/` (pip install --no-deps --target) for versions
of Keras 2 and 3, and virtual environments named after versions of TensorFlow
(`tf113/` … `tf215/`; `tf115/` has Theano 1.0 too, and Python 3.7). The Python that
runs this file has the newest Keras 3 and tf_keras. `record1.py` records files of
Keras 1, `variants.py` rarer forms of Keras 3 files.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = sys.argv[1] if len(sys.argv) > 1 else ""
ONLY = sys.argv[2:]


def folder_of(prefix):
    """The folder of the generation of Keras that a prefix stands for."""
    generation = prefix[1] if prefix[0] == "k" else "2"
    return os.path.join(os.path.dirname(os.path.dirname(HERE)), f"keras{generation}", "formats")


def run(prefix, cases, python=sys.executable, path=None, module="keras"):
    if ONLY and prefix not in ONLY:
        return
    environment = dict(os.environ, KERAS_MODULE=module)
    if path:
        environment["PYTHONPATH"] = os.path.join(VERSIONS, path)
    subprocess.run(
        [python, os.path.join(HERE, "record.py"), folder_of(prefix), prefix] + cases,
        env=environment, check=True)


run("k3_15", [
    "dense_chain=keras,h5", "image=keras,json,weights.h5", "nested=keras,h5",
    "shared=keras,json,weights.h5", "dictionaries=keras,h5",
    "frozen=h5", "attention=keras", "recurrent=keras,h5", "spectral=keras,h5",
    "distributed=keras",
])
run("k3_10", ["dictionaries=keras"], path="keras-3.10.0")
run("k3_6", ["dense_chain=keras", "shared=keras"], path="keras-3.6.0")
run("k3_3", ["dense_chain=h5", "nested=keras"], path="keras-3.3.3")
run("k3_0", ["dense_chain=json,weights.h5", "towers=keras", "attention=keras"],
    path="keras-3.0.5")
run("tfk", [
    "dense_chain=keras", "image=json,weights.h5", "shared=json,weights.h5",
    "frozen=keras", "attention=json,weights.h5", "recurrent=keras", "distributed=keras",
], module="tf_keras")
run("tf215", ["dense_chain=keras", "towers=json,weights.h5", "shared=keras"],
    python=os.path.join(VERSIONS, "tf215/bin/python"), module="tf")
run("tf212", ["dense_chain=keras", "towers=keras", "shared=json,weights.h5",
    "wide=json,weights.h5"], python=os.path.join(VERSIONS, "tf212/bin/python"), module="tf")


def run2(prefix, forms, cases, python=sys.executable, path=None, module="keras",
         backend="tensorflow"):
    """Records with `record2.py`, which runs on old versions of Python and Keras."""
    if ONLY and prefix not in ONLY:
        return
    environment = dict(os.environ, KERAS_MODULE=module, KERAS_BACKEND=backend)
    if path:
        environment["PYTHONPATH"] = os.path.join(VERSIONS, path)
    subprocess.run(
        [python, os.path.join(HERE, "record2.py"), folder_of(prefix), prefix, forms] + cases.split(),
        env=environment, check=True)


OLD = os.path.join(VERSIONS, "tf115/bin/python")
for prefix, version, arrays, whole in [
    ("k2_0", "2.0.0", "chain image recurrent merges", "nested"),
    ("k2_1", "2.1.6", "image conv_lstm", "shared first"),
    ("k2_2", "2.2.4", "volume sequence", "nested frozen recurrent"),
    ("k2_3", "2.3.1", "image recurrent", "nested frozen first"),
]:
    run2(prefix, "json,legacy.h5", arrays, python=OLD, path=f"keras-{version}")
    run2(prefix, "h5", whole, python=OLD, path=f"keras-{version}")
theano = {"python": OLD, "path": "keras-2.2.4", "backend": "theano"}
run2("k2_theano", "h5", "sequence", **theano)
run2("k2_theano", "json,legacy.h5", "volume", **theano)
for prefix, name, whole, arrays in [
    ("tf1_13", "tf113", "image nested recurrent", ""), ("tf1_15", "tf115", "frozen recurrent", ""),
    ("tf2_2", "tf22", "frozen", "image recurrent"), ("tf2_4", "tf24", "frozen", "image recurrent"),
    ("tf2_11", "tf211", "frozen", "image recurrent"),
]:
    python = os.path.join(VERSIONS, name, "bin/python")
    run2(prefix, "h5", whole, python=python, module="tf")
    run2(prefix, "json,legacy.h5", arrays, python=python, module="tf")
for prefix, version, forms, cases in [
    ("k3_0", "3.0.5", "keras", "nested"), ("k3_0", "3.0.5", "json,weights.h5", "shared"),
    ("k3_0", "3.0.5", "h5", "sequence"), ("k3_1", "3.1.1", "keras", "shared"),
    ("k3_2", "3.2.1", "keras", "frozen recurrent"), ("k3_4", "3.4.1", "keras", "nested"),
    ("k3_8", "3.8.0", "json,weights.h5", "shared"), ("k3_8", "3.8.0", "h5", "nested"),
    ("k3_12", "3.12.0", "keras", "frozen"), ("k3_13", "3.13.2", "h5", "sequence frozen"),
]:
    run2(prefix, forms, cases, path=f"keras-{version}")
run2("tfk2_16", "keras", "nested", path="tf_keras-2.16.0", module="tf_keras")
