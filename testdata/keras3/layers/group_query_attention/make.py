"""Records the fixtures of GroupQueryAttention; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

_, graph = recorder(__file__)
GQA = L.GroupQueryAttention
graph("plain", lambda x: GQA(3, 4, 2)(x, x), (5, 6), parts=True)
graph("cross_no_bias", lambda q, v: GQA(3, 2, 1, use_bias=False)(q, v), (4, 6), (5, 6))
graph("causal_scores", lambda x: list(GQA(3, 4, 2)(x, x, use_causal_mask=True, return_attention_scores=True)), (5, 6))
graph("attention_mask", lambda x, m: GQA(3, 2, 2)(x, x, attention_mask=m), (5, 6), (5, 5), dtype=["float32", "bool"])
graph("gate", lambda x: GQA(3, 4, 2, use_gate=True)(x, x), (5, 6))
