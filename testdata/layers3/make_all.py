"""Runs every `make.py` below this folder, or below the folders named as arguments."""

import glob
import os
import runpy
import sys

here = os.path.dirname(os.path.abspath(__file__))
failed = []
for root in sys.argv[1:] or [here]:
    for path in sorted(glob.glob(os.path.join(root, "**", "make.py"), recursive=True)):
        try:
            runpy.run_path(path, run_name="__main__")
        except Exception as error:
            failed.append(path)
            print(f"FAILED {path}: {error!r}"[:1500], file=sys.stderr)
sys.exit(f"failed: {' '.join(failed)}" if failed else 0)
