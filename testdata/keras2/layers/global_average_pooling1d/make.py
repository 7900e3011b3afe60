"""Records the fixtures of GlobalAveragePooling1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.GlobalAveragePooling1D(), (9, 4))
case("keepdims", lambda: L.GlobalAveragePooling1D(keepdims=True), (9, 4))
case("channels_first", lambda: L.GlobalAveragePooling1D(data_format="channels_first"), (4, 9))
case(
    "channels_first_keepdims",
    lambda: L.GlobalAveragePooling1D(data_format="channels_first", keepdims=True),
    (4, 9),
)
