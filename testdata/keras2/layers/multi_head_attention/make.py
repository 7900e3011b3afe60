"""Records the fixtures of MultiHeadAttention; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

_, graph = recorder(__file__)
MHA = L.MultiHeadAttention
graph("self", lambda x: MHA(2, 3)(x, x), (5, 6))
graph("cross", lambda q, v: MHA(2, 3)(q, v), (4, 6), (5, 7))
graph("cross_key", lambda q, v, k: MHA(2, 3)(q, v, key=k), (4, 6), (5, 7), (5, 3))
graph("causal", lambda x: MHA(2, 3)(x, x, use_causal_mask=True), (5, 6))
graph("causal_lengths_differ", lambda q, v: MHA(2, 3)(q, v, use_causal_mask=True), (4, 6), (6, 6))
graph("attention_mask", lambda x, m: MHA(2, 3)(x, x, attention_mask=m), (5, 6), (5, 5), dtype=["float32", "bool"])
graph("value_dim_output_shape", lambda q, v: MHA(2, 3, value_dim=5, output_shape=4)(q, v), (4, 6), (5, 7))
graph("no_bias", lambda x: MHA(3, 2, use_bias=False)(x, x), (5, 6))
graph("scores", lambda x: list(MHA(2, 3)(x, x, return_attention_scores=True)), (5, 6))
graph("axes_1_2", lambda x: MHA(2, 3, attention_axes=(1, 2))(x, x), (3, 4, 6))
graph("axis_2", lambda x: MHA(2, 3, attention_axes=2)(x, x), (3, 4, 6))
graph("masking_layer", lambda x: (lambda y: MHA(2, 3)(y, y))(L.Masking()(x)), (5, 6), zeros=[(0, 4), (1, 3)])
graph("transformer_block", lambda x: (lambda y: L.LayerNormalization()(y + L.Dense(6)(L.Dense(8, activation="gelu")(y))))(L.LayerNormalization()(x + MHA(2, 3, dropout=0.1)(x, x))), (5, 6))
