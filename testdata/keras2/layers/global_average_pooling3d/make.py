"""Records the fixtures of GlobalAveragePooling3D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("plain", lambda: L.GlobalAveragePooling3D(), (3, 4, 5, 2))
case("keepdims", lambda: L.GlobalAveragePooling3D(keepdims=True), (3, 4, 5, 2))
case("channels_first", lambda: L.GlobalAveragePooling3D(data_format="channels_first"), (2, 3, 4, 5))
case(
    "channels_first_keepdims",
    lambda: L.GlobalAveragePooling3D(data_format="channels_first", keepdims=True),
    (2, 3, 4, 5),
)
