"""Records the fixtures of LocallyConnected1D and LocallyConnected2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
for n in (1, 2, 3):
    case(f"one_d_implementation_{n}", lambda: L.LocallyConnected1D(3, 2, strides=2, implementation=n), (7, 2))
    case(f"two_d_implementation_{n}", lambda: L.LocallyConnected2D(3, 2, strides=(1, 2), implementation=n), (4, 6, 2))
    case(f"two_d_no_bias_{n}", lambda: L.LocallyConnected2D(2, (2, 3), use_bias=False, activation="relu", implementation=n), (4, 5, 2))
for n in (2, 3):
    case(f"one_d_same_{n}", lambda: L.LocallyConnected1D(3, 3, padding="same", implementation=n), (6, 2))
    case(f"two_d_same_{n}", lambda: L.LocallyConnected2D(2, 3, padding="same", implementation=n), (4, 5, 2))
    case(f"two_d_channels_first_{n}", lambda: L.LocallyConnected2D(2, 2, data_format="channels_first", implementation=n), (2, 4, 5))
case("one_d_channels_first_2", lambda: L.LocallyConnected1D(3, 2, data_format="channels_first", implementation=2), (2, 6))
case("two_d_channels_first_1", lambda: L.LocallyConnected2D(2, 2, data_format="channels_first"), (2, 4, 5))
