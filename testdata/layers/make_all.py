"""Runs every `make.py` beside this file, or those of the folders named as arguments."""

import os
import runpy
import sys

here = os.path.dirname(os.path.abspath(__file__))
folders = sys.argv[1:] or sorted(
    name for name in os.listdir(here) if os.path.exists(os.path.join(here, name, "make.py"))
)
failed = []
for folder in folders:
    try:
        runpy.run_path(os.path.join(here, folder, "make.py"), run_name="__main__")
    except Exception as error:
        failed.append(folder)
        print(f"FAILED {folder}: {error!r}"[:1500], file=sys.stderr)
sys.exit(f"failed: {' '.join(failed)}" if failed else 0)
