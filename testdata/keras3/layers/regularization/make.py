"""Records the fixtures of the layers that only act during training; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
for name, layer in {
    "dropout": lambda: L.Dropout(0.5),
    "spatial_dropout1d": lambda: L.SpatialDropout1D(0.5),
    "gaussian_dropout": lambda: L.GaussianDropout(0.5),
    "gaussian_noise": lambda: L.GaussianNoise(0.5),
    "alpha_dropout": lambda: L.AlphaDropout(0.5),
    "activity_regularization": lambda: L.ActivityRegularization(0.1),
    "identity": lambda: L.Identity(),
}.items():
    case(name, layer, (4, 3))
case("spatial_dropout2d", lambda: L.SpatialDropout2D(0.5), (3, 4, 2))
case("spatial_dropout3d", lambda: L.SpatialDropout3D(0.5), (2, 3, 4, 2))
