"""Records the fixtures of GlobalMaxPooling3D; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case = recorder(__file__)
case("plain", lambda: L.GlobalMaxPooling3D(), (3, 4, 5, 2))
case("keepdims", lambda: L.GlobalMaxPooling3D(keepdims=True), (3, 4, 5, 2))
case("channels_first", lambda: L.GlobalMaxPooling3D(data_format="channels_first"), (2, 3, 4, 5))
case(
    "channels_first_keepdims",
    lambda: L.GlobalMaxPooling3D(data_format="channels_first", keepdims=True),
    (2, 3, 4, 5),
)
