"""Writes architectures of recorded models as YAML, with the Keras that wrote them.

    python yaml_files.py <folder> <name> ...

The names are those of files `.json` in the folder; run with that version of Keras on the path (1.2.2,
2.0.9, 2.1.6 on TensorFlow 1.15, Python 3.7). With PyYAML before 5.1 and `FLOW=1`, the innermost lists
and mappings are in brackets and braces.
"""

import os
import sys

import yaml

FLOW = None if os.environ.get("FLOW") else False
dump = yaml.dump
yaml.dump = lambda data, **options: dump(data, **dict(options, default_flow_style=FLOW))

import keras

folder = sys.argv[1]
for name in sys.argv[2:]:
    path = os.path.join(folder, name)
    with open(path + ".json") as file:
        model = keras.models.model_from_json(file.read())
    with open(path + ".yaml", "w") as file:
        file.write(model.to_yaml())
print("wrote", keras.__version__, *sys.argv[2:])
