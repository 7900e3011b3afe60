"""Records the fixtures of AdditiveAttention; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

_, graph = recorder(__file__)
graph("plain", lambda q, v: L.AdditiveAttention()([q, v]), (4, 3), (5, 3))
graph("no_scale_key", lambda q, v, k: L.AdditiveAttention(use_scale=False)([q, v, k]), (4, 3), (5, 2), (5, 3))
graph("causal_scores", lambda q, v: list(L.AdditiveAttention()([q, v], use_causal_mask=True, return_attention_scores=True)), (5, 3), (5, 3))
