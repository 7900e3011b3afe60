"""Records layers of keras-pos-embd; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 keras-pos-embd==0.13.0 h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import recorder
from keras_pos_embd import PositionEmbedding, TrigPosEmbedding

_, graph = recorder(__file__)


def layer(name, make, *shapes, **options):
    graph(name, lambda x: make()(x), *shapes, reload=False, **options)


places = dict(dtype="int32", below=14)
layer("expand", lambda: PositionEmbedding(10, 4, mode="expand"), (6,), **places)
layer("add", lambda: PositionEmbedding(10, 4, mode="add"), (6, 4))
layer("concat", lambda: PositionEmbedding(10, 3, mode="concat"), (6, 4))
layer("waves_expand", lambda: TrigPosEmbedding(output_dim=4, mode="expand"), (6,), **places)
layer("waves_add", lambda: TrigPosEmbedding(mode="add"), (6, 4))
layer("waves_concat", lambda: TrigPosEmbedding(output_dim=6, mode="concat"), (6, 4))
