"""Runs every `make.py` below `testdata/keras2` or `testdata/keras3`, or below the folders named as arguments.

    python all.py ../keras3
    python all.py ../keras3/layers/conv2d ../keras3/operators
"""

import pathlib
import runpy
import sys

failed = []
for folder in sys.argv[1:]:
    for path in sorted(pathlib.Path(folder).rglob("make.py")):
        try:
            runpy.run_path(str(path), run_name="__main__")
        except Exception as error:
            failed.append(str(path))
            print(f"FAILED {path}: {error!r}"[:1500], file=sys.stderr)
sys.exit(f"failed: {' '.join(failed)}" if failed else 0)
