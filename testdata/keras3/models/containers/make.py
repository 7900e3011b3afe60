"""Records one model in containers other than the usual ones; see record/keras3.py.

`sharded.weights.json` maps the weights of `sharded.json` to several HDF5 files,
`directory` is an unpacked archive, `deflated` and `stored` are archives.
"""

import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from keras3 import BATCH, L, deflate, keras, randomize, run, seeded

folder = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(folder, name)


rng = seeded(path("containers"))
x = image = keras.Input((6, 6, 2), name="x0")
x = L.Conv2D(4, 3, name="first")(x)
x = L.BatchNormalization(name="norm")(x)
x = L.Flatten(name="flat")(L.ReLU(name="positive")(x))
model = keras.Model(image, L.Dense(3, name="last")(L.Dense(8, name="middle")(x)), name="model")
randomize(model, rng)
inputs = rng.normal(0, 1, (BATCH, 6, 6, 2)).astype("float32")
outputs = run(model, [inputs])[0]
for name in ("stored", "deflated", "sharded", "directory"):
    np.savez(path(name + ".npz"), in0=inputs, out0=outputs)
model.save(path("stored.keras"))
model.save(path("deflated.keras"))
deflate(path("deflated.keras"))
with open(path("sharded.json"), "w") as file:
    file.write(model.to_json())
model.save_weights(path("sharded.weights.json"), max_shard_size=2.1e-6)
shutil.rmtree(path("directory"), ignore_errors=True)
model.save(path("directory"), zipped=False)
