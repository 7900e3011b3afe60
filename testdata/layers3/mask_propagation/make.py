"""Records the fixtures of masks on their way from layer to layer; see ../record.py."""

import os
import sys

layers3 = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [layers3, os.path.join(os.path.dirname(layers3), "layers", "mask_propagation")]
from networks import MASKED, record_networks
from record import keras, L, recorder

case, _ = recorder(__file__)
embed = record_networks(case, keras, L)
case("conv_lstm", lambda: lambda x: L.ConvLSTM1D(2, 2, return_sequences=True)(L.TimeDistributed(L.Reshape((4, 1)))(embed(x))), (5,), **MASKED)
