"""Records the fixtures of SpectralNormalization; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))

os.environ["TF_USE_LEGACY_KERAS"] = "1"
from keras2 import L, recorder

_, graph = recorder(__file__)
graph("dense", lambda x: L.SpectralNormalization(L.Dense(5))(x), (4,), reload=False)
graph("conv2d", lambda x: L.SpectralNormalization(L.Conv2D(4, 3, padding="same", activation="relu"), power_iterations=2)(x), (6, 5, 3), reload=False)
