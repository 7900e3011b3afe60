"""Records the fixtures of masks on their way from layer to layer; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from mask_networks import MASKED, record_networks
from keras3 import keras, L, recorder

case, _ = recorder(__file__)
embed = record_networks(case, keras, L)
case("conv_lstm", lambda: lambda x: L.ConvLSTM1D(2, 2, return_sequences=True)(L.TimeDistributed(L.Reshape((4, 1)))(embed(x))), (5,), **MASKED)
