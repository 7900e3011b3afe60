"""Records the fixtures of GlobalMaxPooling2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.GlobalMaxPooling2D(), (5, 6, 4))
case("keepdims", lambda: L.GlobalMaxPooling2D(keepdims=True), (5, 6, 4))
case("channels_first", lambda: L.GlobalMaxPooling2D(data_format="channels_first"), (4, 5, 6))
case(
    "channels_first_keepdims",
    lambda: L.GlobalMaxPooling2D(data_format="channels_first", keepdims=True),
    (4, 5, 6),
)
