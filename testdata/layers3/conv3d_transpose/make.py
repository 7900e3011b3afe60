"""Records the fixtures of Conv3DTranspose; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv3DTranspose(3, 2, strides=2), (3, 2, 3, 2))
case("same", lambda: L.Conv3DTranspose(3, 3, strides=(1, 2, 2), padding="same"), (3, 2, 3, 2))
