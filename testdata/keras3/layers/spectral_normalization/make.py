"""Records the fixtures of SpectralNormalization; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("dense", lambda: L.SpectralNormalization(L.Dense(5)), (4,), parts=True)
case("conv2d", lambda: L.SpectralNormalization(L.Conv2D(4, 3, padding="same", activation="relu"), power_iterations=2), (6, 5, 3))
case("embedding", lambda: L.SpectralNormalization(L.Embedding(6, 3)), (4,), dtype="int32", below=6)
