"""Records models of keras-bert and layers of keras-embed-sim; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 keras-bert==0.89.0 h5py "numpy<1.25"`.
"""

import os
import sys

os.environ["TF_KERAS"] = "1"
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import keras, np, randomize, recorder, save, seeded
from keras_bert import get_model
from keras_bert.layers import Extract
from keras_embed_sim import EmbeddingRet, EmbeddingSim

_, graph = recorder(__file__)


def prepare(model, rng):
    for variable in model.weights:
        if len(variable.shape) == 2:
            variable.assign(rng.normal(0, 0.7, variable.shape).astype("float32"))


def similarity(x):
    embedded, table = EmbeddingRet(9, 4)(x)
    return EmbeddingSim()([embedded, table])


def bert(name, **options):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    rng = seeded(path)
    model = get_model(token_num=12, head_num=2, transformer_num=2, embed_dim=8, feed_forward_dim=16, seq_len=6, pos_num=6, **options)
    if isinstance(model, tuple):
        model = keras.Model(model[0][:2], Extract(index=0)(model[1]))
    randomize(model, rng)
    prepare(model, rng)
    words = rng.integers(1, 12, (2, 6)).astype("float32")
    words[0, 4:] = 0
    save(model, path, [words, rng.integers(0, 2, (2, 6)).astype("float32")], reload=False)


graph("similarity", similarity, (6,), dtype="int32", below=9, prepare=prepare, reload=False, minimum_std=0.03)
bert("encoder", training=False)
