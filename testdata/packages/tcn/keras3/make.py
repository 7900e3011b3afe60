"""Records the layer of keras-tcn with Keras 3; see record/keras3.py.

Needs `pip install tensorflow-cpu==2.20 "keras<3.12" keras-tcn==3.5.7 h5py numpy`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import recorder
from tcn import TCN

_, graph = recorder(__file__)


def layer(name, shape, dilations=(1, 2, 4), **options):
    # Files of the package are not read back by their own version in every case.
    graph(name, lambda x: TCN(5, 3, dilations=dilations, **options)(x), shape, reload=False, whole=True, parts=True)


layer("regression", (12, 3))
layer("sequences", (12, 5), nb_stacks=2, return_sequences=True)
layer("batch_norm", (12, 3), use_batch_norm=True)
layer("layer_norm", (12, 3), use_layer_norm=True, use_skip_connections=False)
