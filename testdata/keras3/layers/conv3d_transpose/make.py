"""Records the fixtures of Conv3DTranspose; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv3DTranspose(3, 2, strides=2), (3, 2, 3, 2))
case("same", lambda: L.Conv3DTranspose(3, 3, strides=(1, 2, 2), padding="same"), (3, 2, 3, 2))
