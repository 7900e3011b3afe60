"""Records layers of keras-multi-head and keras-position-wise-feed-forward; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 keras-self-attention==0.51.0 keras-multi-head==0.29.0 h5py "numpy<1.25"` and
`keras-position-wise-feed-forward==0.8.0`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, recorder
from keras_multi_head import MultiHead, MultiHeadAttention
from keras_position_wise_feed_forward import FeedForward

_, graph = recorder(__file__)


def prepare(model, rng):
    """Kernels that make scores with a spread."""
    for variable in model.weights:
        if len(variable.shape) == 2:
            variable.assign(rng.normal(0, 0.7, variable.shape).astype("float32"))


def layer(name, make, *shapes, **options):
    def function(*inputs):
        return make()(list(inputs) if len(inputs) > 1 else inputs[0])

    graph(name, function, *shapes, prepare=prepare, reload=False, **options)


layer("attention", lambda: MultiHeadAttention(head_num=2), (7, 4))
layer("attention_history", lambda: MultiHeadAttention(head_num=2, history_only=True, activation="tanh", use_bias=False), (7, 4))
layer("attention_cross", lambda: MultiHeadAttention(head_num=2), (7, 6), (5, 3), (5, 4))
graph("attention_masked", lambda x: MultiHeadAttention(head_num=2, activation=None)(L.Masking()(x)), (7, 4), zeros=[(0, 5), (0, 6), (1, 6)],
      prepare=prepare, reload=False)
layer("heads", lambda: MultiHead(L.Conv1D(3, 3, padding="same", activation="tanh"), layer_num=3), (7, 4))
layer("heads_recurrent", lambda: MultiHead([L.LSTM(3), L.LSTM(3)]), (7, 4))
layer("heads_projected", lambda: MultiHead([L.Dense(3), L.Dense(3, activation="tanh")], hidden_dim=4), (7, 4))
layer("feed_forward", lambda: FeedForward(8, activation="tanh", dropout_rate=0.1), (6, 4))
layer("feed_forward_no_bias", lambda: FeedForward(8, use_bias=False), (6, 4))
