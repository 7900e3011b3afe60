"""Records the fixtures of Conv1D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv1D(4, 3), (8, 3), parts=True)
case("same_strides_2", lambda: L.Conv1D(4, 4, strides=2, padding="same", activation="relu"), (9, 3))
case("causal", lambda: L.Conv1D(4, 3, padding="causal", dilation_rate=2), (9, 3))
case("causal_strides_2", lambda: L.Conv1D(4, 3, padding="causal", strides=2), (9, 3))
case("groups", lambda: L.Conv1D(6, 3, groups=2), (8, 4))
case("channels_first", lambda: L.Conv1D(4, 3, padding="same", data_format="channels_first"), (3, 8))
case("free_length", lambda: L.Conv1D(4, 3, padding="same", activation="silu"), (-9, 3))
