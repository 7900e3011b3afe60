"""Records the fixtures of Masking and what masks do to layers that read them; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, graph = recorder(__file__)
STEPS = [(0, 3), (0, 4), (1, 0), (1, 2)]
case("plain", lambda: L.Masking(), (5, 3), zeros=STEPS)
case("other_value", lambda: L.Masking(mask_value=1.0), (5, 1), below=3)
case("average_pooling", lambda: [L.Masking(), L.GlobalAveragePooling1D()], (5, 3), zeros=STEPS)
case("max_pooling", lambda: [L.Masking(), L.GlobalMaxPooling1D()], (5, 3), zeros=STEPS)
case("through_dense", lambda: [L.Masking(), L.Dense(4), L.Activation("relu"), L.Dropout(0.5), L.GlobalAveragePooling1D()], (5, 3), zeros=STEPS)
case("stopped_by_conv", lambda: [L.Masking(), L.Conv1D(4, 2), L.GlobalAveragePooling1D()], (5, 3), zeros=STEPS)
graph("merged", lambda x, y: L.GlobalAveragePooling1D()(L.Add()([L.Masking()(x), L.Masking(mask_value=1.0)(y)])), (5, 3), (5, 3), zeros=STEPS)
graph("concatenated", lambda x: L.GlobalAveragePooling1D()(L.Concatenate(axis=1)([L.Masking()(x), L.Dense(3)(x)])), (5, 3), zeros=STEPS)
graph("given_to_lstm", lambda x, m: L.LSTM(4)(x, mask=m), (5, 3), (5,), dtype=["float32", "bool"])
