"""Records the fixtures of masks on their way from layer to layer; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from mask_networks import record_networks
from keras2 import keras, L, recorder

case, _ = recorder(__file__)
record_networks(case, keras, L)
case("distributed_lstm", lambda: [L.Masking(mask_value=1.0), L.TimeDistributed(L.LSTM(4)), L.GRU(3)], (3, 5, 2), below=2, minimum_std=0.02)
