"""Records the fixtures of Attention; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

_, graph = recorder(__file__)
graph("plain", lambda q, v: L.Attention()([q, v]), (4, 3), (5, 3))
graph("key", lambda q, v, k: L.Attention()([q, v, k]), (4, 3), (5, 2), (5, 3))
graph("scale", lambda q, v: L.Attention(use_scale=True)([q, v]), (4, 3), (5, 3))
graph("concat", lambda q, v: L.Attention(score_mode="concat", use_scale=True)([q, v]), (4, 3), (5, 3))
graph("causal", lambda q, v: L.Attention()([q, v], use_causal_mask=True), (4, 3), (5, 3))
graph("scores", lambda q, v: list(L.Attention()([q, v], return_attention_scores=True)), (4, 3), (5, 3))
graph("masking_layer", lambda x: L.Attention()([L.Masking()(x), L.Masking()(x)]), (5, 3), zeros=[(0, 3), (0, 4), (1, 0)])
