"""Records the fixtures of SpectralNormalization; see ../graphs.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

os.environ["TF_USE_LEGACY_KERAS"] = "1"
import graphs
from record import L

graph = graphs.recorder(__file__)
graph("dense", lambda x: L.SpectralNormalization(L.Dense(5))(x), (4,), reload=False)
graph("conv2d", lambda x: L.SpectralNormalization(L.Conv2D(4, 3, padding="same", activation="relu"), power_iterations=2)(x), (6, 5, 3), reload=False)
