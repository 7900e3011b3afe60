"""Records the fixtures of ReversibleEmbedding; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
case("plain", lambda: L.ReversibleEmbedding(7, 3), (5,), dtype="int32", below=7)


def both_ways(options):
    layer = L.ReversibleEmbedding(7, 3, **options)
    return lambda x, h: [layer(x), layer(h, reverse=True)]


for name, options in (("tied", {}), ("untied", {"tie_weights": False}), ("soft_cap", {"logit_soft_cap": 1.5})):
    graph(f"reverse_{name}", lambda x, h: both_ways(options)(x, h), (5,), (5, 3), dtype=["int32", "float32"], below=[7, None])
