"""Records the fixtures of TimeDistributed; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import keras, L, recorder

case, _ = recorder(__file__)
case("dense", lambda: L.TimeDistributed(L.Dense(4, activation="relu")), (5, 3), parts=True)
case("conv2d", lambda: L.TimeDistributed(L.Conv2D(3, 2)), (3, 5, 4, 2))
case("pooling_flatten", lambda: [L.TimeDistributed(L.MaxPooling2D()), L.TimeDistributed(L.Flatten())], (3, 4, 5, 2))
case("batch_normalization", lambda: L.TimeDistributed(L.BatchNormalization()), (4, 3))
case("lstm", lambda: L.TimeDistributed(L.LSTM(3)), (3, 4, 2))
case("twice", lambda: L.TimeDistributed(L.TimeDistributed(L.Dense(3))), (2, 3, 4))
case("model", lambda: [L.TimeDistributed(keras.Sequential([keras.Input((5, 4, 2)), L.Conv2D(3, 2, activation="relu"), L.GlobalAveragePooling2D(), L.Dense(3)])), L.GRU(4)], (3, 5, 4, 2))
case("masked", lambda: [L.Masking(), L.TimeDistributed(L.Dense(4)), L.LSTM(3)], (5, 3), zeros=[(0, 3), (0, 4), (1, 0)])
