"""Records the fixtures of Conv1DTranspose; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv1DTranspose(4, 3, strides=2), (5, 3))
case("same", lambda: L.Conv1DTranspose(4, 3, strides=2, padding="same", activation="relu"), (5, 3))
case("output_padding", lambda: L.Conv1DTranspose(4, 3, strides=2, padding="same", output_padding=1), (5, 3))
case("no_bias", lambda: L.Conv1DTranspose(4, 2, strides=3, use_bias=False), (5, 3))
