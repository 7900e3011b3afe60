"""Records the file formats of several versions of Keras; see `record.py`.

    python make.py <folder with the versions> [prefix]

The folder holds `keras-<version>/` (pip install --no-deps --target) for versions
of Keras 3, and virtual environments `tf212/` and `tf215/`. The Python that runs
this file has the newest Keras 3 and tf_keras.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = sys.argv[1] if len(sys.argv) > 1 else ""
ONLY = sys.argv[2:]

K3 = "dense_chain image nested shared dictionaries wide frozen attention".split()
K2 = "dense_chain image nested shared wide frozen attention".split()


def run(prefix, cases, python=sys.executable, path=None, module="keras"):
    if ONLY and prefix not in ONLY:
        return
    environment = dict(os.environ, KERAS_MODULE=module)
    if path:
        environment["PYTHONPATH"] = os.path.join(VERSIONS, path)
    subprocess.run(
        [python, os.path.join(HERE, "record.py"), HERE, prefix] + cases,
        env=environment, check=True)


run("k3_15", [f"{x}=keras,h5,json,weights.h5" for x in K3 + ["recurrent", "spectral"]])
run("k3_10", [f"{x}=keras" for x in ["dense_chain", "nested", "shared", "dictionaries"]],
    path="keras-3.10.0")
run("k3_6", [f"{x}=keras,h5" for x in ["dense_chain", "nested", "shared"]], path="keras-3.6.0")
run("k3_3", [f"{x}=keras,h5" for x in ["dense_chain", "nested", "shared"]], path="keras-3.3.3")
run("k3_0", [f"{x}=keras,json,weights.h5" for x in ["dense_chain", "nested", "attention"]],
    path="keras-3.0.5")
run("tfk", [f"{x}=keras,json,weights.h5" for x in K2 + ["recurrent"]],
    module="tf_keras")
run("tf215", [f"{x}=keras,json,weights.h5" for x in ["dense_chain", "nested", "shared"]],
    python=os.path.join(VERSIONS, "tf215/bin/python"), module="tf")
run("tf212", [f"{x}=keras,json,weights.h5" for x in ["dense_chain", "nested", "shared", "wide"]],
    python=os.path.join(VERSIONS, "tf212/bin/python"), module="tf")
