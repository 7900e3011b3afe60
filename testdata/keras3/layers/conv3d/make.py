"""Records the fixtures of Conv3D; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv3D(3, 2), (4, 5, 4, 2))
case("same_strides_2", lambda: L.Conv3D(3, 3, strides=(1, 2, 2), padding="same", activation="relu"), (3, 5, 4, 2))
case("groups", lambda: L.Conv3D(4, 2, groups=2), (3, 4, 4, 4))
