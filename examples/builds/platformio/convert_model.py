"""Converts the model before anything is compiled: in platformio.ini `extra_scripts = pre:convert_model.py` and
`board_build.embed_files = model/digits.tflite`."""

Import("env")  # noqa: F821, PlatformIO defines it

import pathlib
import shutil
import subprocess
import sys

folder = pathlib.Path(env.subst("$PROJECT_DIR"), "model")  # noqa: F821
inputs = [folder / "digits.json", folder / "digits.h5"]
output = folder / "digits.tflite"
kconvert = shutil.which("kconvert")

if kconvert is None:
    sys.exit("convert_model: the command kconvert is not found; install it or add its folder to PATH.")
if not output.exists() or output.stat().st_mtime < max(path.stat().st_mtime for path in inputs):
    command = [kconvert, *map(str, inputs), "-o", str(output), "--target", "tflm", "--quiet"]
    if subprocess.run(command).returncode != 0:
        sys.exit(1)
