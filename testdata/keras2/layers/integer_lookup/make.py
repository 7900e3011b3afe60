"""Records the fixtures of IntegerLookup; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

_, graph = recorder(__file__)
graph("int", lambda x: L.IntegerLookup(vocabulary=[7, 9, 3])(x), (8,), dtype="int64", below=11, reload=False)
graph("int_mask", lambda x: L.IntegerLookup(vocabulary=[7, 9, 3], mask_token=0)(x), (8,), dtype="int64", below=11, reload=False)
graph("embedded", lambda x: L.Embedding(5, 4)(L.IntegerLookup(vocabulary=[7, 9, 3, 0])(x)), (8,), dtype="int64", below=11, reload=False)
graph("one_hot", lambda x: L.IntegerLookup(vocabulary=[7, 9, 3, 0, 1, 5], output_mode="one_hot")(x), (1,), dtype="int64", below=7, reload=False)
graph("multi_hot", lambda x: L.IntegerLookup(vocabulary=[4, 9, 2, 8, 6, 1], output_mode="multi_hot")(x), (4,), dtype="int64", below=11, reload=False)
