"""Records the fixtures of BatchNormalization; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("rank2", lambda: L.BatchNormalization(), (6,))
case("rank3", lambda: L.BatchNormalization(), (5, 6))
case("rank4", lambda: L.BatchNormalization(), (4, 5, 6))
case("rank5", lambda: L.BatchNormalization(), (3, 4, 5, 2))
case("rank3_axis_1", lambda: L.BatchNormalization(axis=1), (5, 6))
case("rank4_axis_1", lambda: L.BatchNormalization(axis=1), (4, 5, 6))
case("rank4_axis_2", lambda: L.BatchNormalization(axis=2), (4, 5, 6))
case("rank5_axis_1", lambda: L.BatchNormalization(axis=1), (3, 4, 5, 2))
case("several_axes", lambda: L.BatchNormalization(axis=[1, 3]), (4, 5, 6))
case("several_axes_plain", lambda: L.BatchNormalization(axis=[2, -1], scale=False, center=False), (4, 5, 6))
case("no_scale", lambda: L.BatchNormalization(scale=False), (4, 5, 6))
case("no_center", lambda: L.BatchNormalization(center=False), (4, 5, 6))
case("no_scale_no_center", lambda: L.BatchNormalization(scale=False, center=False), (6,))
case("epsilon", lambda: L.BatchNormalization(epsilon=0.2), (4, 5, 6))
case("synchronized", lambda: L.BatchNormalization(synchronized=True), (4, 5, 6))
case("sync_batch_normalization", lambda: L.experimental.SyncBatchNormalization(), (4, 5, 6))
