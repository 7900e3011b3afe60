"""Records the layer of keras-tcn; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 tensorflow-addons==0.21.0 keras-tcn==3.5.0 h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import keras, recorder
from tcn import TCN

keras.utils.get_custom_objects()["TCN"] = TCN


def prepare(model, rng):
    for variable in model.weights:
        name = variable.name.split("/")[-1].split(":")[0]
        if name == "g":
            variable.assign(rng.uniform(0.5, 1.5, variable.shape))
        elif name == "initialized":
            variable.assign(True)


_, graph = recorder(__file__)


def layer(name, shape, dilations=(1, 2, 4), **options):
    # A TCN is not read back right: its weights are found by the order in which it is built.
    graph(name, lambda x: TCN(5, 3, dilations=dilations, **options)(x), shape, prepare=prepare, archive=True)


layer("regression", (12, 3))
layer("sequences", (12, 5), nb_stacks=2, return_sequences=True)
layer("same", (11, 3), padding="same")
layer("without_skips", (12, 3), use_skip_connections=False)
layer("batch_norm", (12, 3), use_batch_norm=True, return_sequences=True)
layer("layer_norm", (12, 3), use_layer_norm=True, activation="tanh")
layer("weight_norm", (12, 3), use_weight_norm=True)
layer("backwards", (12, 3), go_backwards=True, dropout_rate=0.2, activation="swish", return_sequences=True)
graph("filters", lambda x: TCN([5, 6], 2, dilations=(1, 2), use_skip_connections=False)(x), (9, 5), prepare=prepare, archive=True)
