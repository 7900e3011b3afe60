"""Records the layers of keras-self-attention; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 keras-self-attention==0.51.0 h5py "numpy<1.25"`.
"""

import os
import sys

os.environ["TF_KERAS"] = "1"
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, keras, recorder
from keras_self_attention import ScaledDotProductAttention, SeqSelfAttention, SeqWeightedAttention

keras.utils.get_custom_objects().update(
    SeqSelfAttention=SeqSelfAttention, SeqWeightedAttention=SeqWeightedAttention,
    ScaledDotProductAttention=ScaledDotProductAttention)

_, graph = recorder(__file__)


def masked(layer):
    return lambda x: layer(L.Masking()(x))


rows = dict(zeros=[(0, 1), (0, 5), (1, 6)])
graph("additive", lambda x: SeqSelfAttention(5)(x), (7, 4), archive=True)
graph("additive_width", lambda x: SeqSelfAttention(5, attention_width=3, attention_activation="sigmoid", use_additive_bias=False,
      use_attention_bias=False)(x), (7, 4))
graph("multiplicative", lambda x: SeqSelfAttention(attention_type="multiplicative", return_attention=True)(x), (7, 4), archive=True)
graph("history", lambda x: SeqSelfAttention(5, history_only=True, attention_activation="tanh")(x), (7, 4))
graph("history_width", lambda x: SeqSelfAttention(attention_type="multiplicative", attention_width=4, history_only=True,
      use_attention_bias=False)(x), (7, 4))
graph("masked", masked(SeqSelfAttention(5)), (7, 4), **rows)
graph("weighted", lambda x: SeqWeightedAttention()(x), (7, 4), archive=True)
graph("weighted_masked", masked(SeqWeightedAttention(use_bias=False, return_attention=True)), (7, 4), **rows)
graph("scaled", lambda x: ScaledDotProductAttention(history_only=True, return_attention=True)(x), (7, 4))
graph("scaled_three", lambda q, k, v: ScaledDotProductAttention()([q, k, v]), (5, 4), (7, 4), (7, 3))
graph("scaled_masked", masked(ScaledDotProductAttention()), (7, 4), **rows)
