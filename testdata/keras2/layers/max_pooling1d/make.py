"""Records the fixtures of MaxPooling1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.MaxPooling1D(), (9, 3))
case("same", lambda: L.MaxPooling1D(padding="same"), (9, 3))
case("pool_3_strides_2_same", lambda: L.MaxPooling1D(3, strides=2, padding="same"), (10, 3))
case("pool_3_strides_1", lambda: L.MaxPooling1D(3, strides=1), (7, 3))
case("pool_2_strides_3_same", lambda: L.MaxPooling1D(2, strides=3, padding="same"), (11, 3))
case("channels_first", lambda: L.MaxPooling1D(3, data_format="channels_first"), (3, 9))
