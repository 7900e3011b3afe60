"""Records the file formats of several versions of Keras; see `record.py`.

    python make.py <folder with the versions> [prefix]

The folder holds `keras-<version>/` (pip install --no-deps --target) for versions
of Keras 3, and virtual environments `tf212/` and `tf215/`. The Python that runs
this file has the newest Keras 3 and tf_keras. `record1.py` records files of Keras 1,
`variants.py` rarer forms of Keras 3 files.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = sys.argv[1] if len(sys.argv) > 1 else ""
ONLY = sys.argv[2:]

def run(prefix, cases, python=sys.executable, path=None, module="keras"):
    if ONLY and prefix not in ONLY:
        return
    environment = dict(os.environ, KERAS_MODULE=module)
    if path:
        environment["PYTHONPATH"] = os.path.join(VERSIONS, path)
    subprocess.run(
        [python, os.path.join(HERE, "record.py"), HERE, prefix] + cases,
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
