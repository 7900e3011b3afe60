"""Records the fixtures of MultiHeadAttention; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

_, graph = recorder(__file__)
MHA = L.MultiHeadAttention
graph("self", lambda x: MHA(2, 3)(x, x), (5, 6), parts=True, whole=True)
graph("one_head", lambda x: MHA(1, 4)(x, x), (5, 6))
graph("cross", lambda q, v: MHA(2, 3)(q, v), (4, 6), (5, 7))
graph("cross_key", lambda q, v, k: MHA(2, 3)(q, v, key=k), (4, 6), (5, 7), (5, 3))
graph("key_given_by_name", lambda q, v: MHA(2, 3)(query=q, value=v, key=v), (4, 6), (5, 6))
graph("causal", lambda x: MHA(2, 3)(x, x, use_causal_mask=True), (5, 6))
graph("causal_lengths_differ", lambda q, v: MHA(2, 3)(q, v, use_causal_mask=True), (4, 6), (6, 6))
graph("attention_mask", lambda x, m: MHA(2, 3)(x, x, attention_mask=m), (5, 6), (5, 5), dtype=["float32", "bool"])
graph("attention_mask_causal", lambda x, m: MHA(2, 3)(x, x, attention_mask=m, use_causal_mask=True), (5, 6), (1, 5), dtype=["float32", "bool"])
graph("attention_mask_heads", lambda x, m: MHA(2, 3)(x, x, attention_mask=m), (5, 6), (2, 5, 5), dtype=["float32", "bool"])
graph("value_dim_output_shape", lambda q, v: MHA(2, 3, value_dim=5, output_shape=4)(q, v), (4, 6), (5, 7))
graph("output_shape_2x4", lambda x: MHA(2, 3, output_shape=(2, 4))(x, x), (5, 6))
graph("no_bias", lambda x: MHA(3, 2, use_bias=False)(x, x), (5, 6))
graph("scores", lambda x: list(MHA(2, 3)(x, x, return_attention_scores=True)), (5, 6))
graph("axes_2_3", lambda x: MHA(2, 3, attention_axes=(1, 2))(x, x), (3, 4, 6))
graph("axis_2", lambda x: MHA(2, 3, attention_axes=2)(x, x), (3, 4, 6))
graph("axis_1_of_rank4", lambda x: MHA(2, 3, attention_axes=1)(x, x), (3, 4, 6))
graph("gate", lambda x: MHA(2, 3, use_gate=True)(x, x), (5, 6))
graph("sliding_window", lambda x: MHA(2, 3, sliding_window=2)(x, x), (6, 4))
graph("masking_layer", lambda x: (lambda y: MHA(2, 3)(y, y))(L.Masking()(x)), (5, 6), zeros=[(0, 4), (1, 3)])
graph("embedding_mask_average", lambda x: (lambda y: L.GlobalAveragePooling1D()(MHA(2, 3)(y, y)))(L.Embedding(4, 6, mask_zero=True)(x)), (6,), dtype="int32", below=4)
graph("free_length", lambda x: MHA(2, 3)(x, x), (-5, 6))
graph("free_length_causal", lambda x: MHA(2, 3)(x, x, use_causal_mask=True), (-5, 6))
graph("transformer_block", lambda x: (lambda y: L.LayerNormalization()(L.Add()([y, L.Dense(6)(L.Dense(8, activation="gelu")(y))])))(L.LayerNormalization()(L.Add()([x, MHA(2, 3, dropout=0.1)(x, x)]))), (5, 6), parts=True)
graph("query_mask", lambda x, m: MHA(2, 3)(x, x, query_mask=m), (5, 6), (5,), dtype=["float32", "bool"])
