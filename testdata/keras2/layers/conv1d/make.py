"""Records the fixtures of Conv1D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv1D(4, 3), (9, 3))
case("same", lambda: L.Conv1D(4, 3, padding="same"), (9, 3))
case("causal", lambda: L.Conv1D(4, 3, padding="causal"), (9, 3))
case("causal_dilation_2", lambda: L.Conv1D(4, 3, padding="causal", dilation_rate=2), (9, 3))
case("causal_strides_2", lambda: L.Conv1D(4, 3, padding="causal", strides=2), (10, 3))
case("same_strides_2", lambda: L.Conv1D(4, 5, padding="same", strides=2), (10, 3))
case("kernel_4_same_strides_3", lambda: L.Conv1D(4, 4, padding="same", strides=3), (11, 3))
case("same_strides_over_kernel", lambda: L.Conv1D(4, 2, padding="same", strides=3), (10, 3))
case("valid_strides_3", lambda: L.Conv1D(4, 2, strides=3), (11, 3))
case("dilation_3_same", lambda: L.Conv1D(4, 3, padding="same", dilation_rate=3), (11, 3))
case("groups_2", lambda: L.Conv1D(6, 3, groups=2), (9, 4))
case("pointwise_no_bias", lambda: L.Conv1D(4, 1, use_bias=False), (7, 3))
case("activation_relu", lambda: L.Conv1D(4, 3, activation="relu"), (9, 3))
case("channels_first", lambda: L.Conv1D(4, 3, padding="same", data_format="channels_first"), (3, 9))
case("further_batch_axis", lambda: L.Conv1D(5, 3, activation="relu"), (3, 7, 4))
case("further_batch_axis_same", lambda: L.Conv1D(5, 3, strides=2, padding="same"), (3, 7, 4))
case("two_further_batch_axes", lambda: L.Conv1D(5, 3, padding="causal"), (2, 3, 7, 4))
