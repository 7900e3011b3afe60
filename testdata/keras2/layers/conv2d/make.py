"""Records the fixtures of Conv2D; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("valid", lambda: L.Conv2D(4, 3), (8, 7, 3))
case("same", lambda: L.Conv2D(4, 3, padding="same"), (8, 7, 3))
case("pointwise", lambda: L.Conv2D(5, 1), (5, 6, 3))
case("pointwise_strides_2", lambda: L.Conv2D(5, 1, strides=2, padding="same"), (5, 6, 3))
case("one_by_one_image", lambda: L.Conv2D(5, 3, padding="same"), (1, 1, 3))
case("one_channel", lambda: L.Conv2D(4, 3), (8, 8, 1))
case("one_filter", lambda: L.Conv2D(1, 3), (8, 8, 3))
case("kernel_5", lambda: L.Conv2D(4, 5, padding="same"), (9, 8, 3))
case("kernel_2_same", lambda: L.Conv2D(4, 2, padding="same"), (7, 8, 3))
case("kernel_4_same_strides_2", lambda: L.Conv2D(4, 4, strides=2, padding="same"), (9, 8, 3))
case("kernel_1x7", lambda: L.Conv2D(4, (1, 7), padding="same"), (6, 9, 3))
case("kernel_5x2", lambda: L.Conv2D(4, (5, 2)), (9, 7, 3))
case("kernel_whole_image", lambda: L.Conv2D(6, (4, 5)), (4, 5, 3))
case("valid_strides_2", lambda: L.Conv2D(4, 3, strides=2), (9, 8, 3))
case("same_strides_2", lambda: L.Conv2D(4, 3, strides=2, padding="same"), (9, 8, 3))
case("same_strides_3x4", lambda: L.Conv2D(4, 3, strides=(3, 4), padding="same"), (11, 12, 3))
case("valid_strides_3x4", lambda: L.Conv2D(4, 3, strides=(3, 4)), (11, 12, 3))
case("same_strides_over_kernel", lambda: L.Conv2D(4, 2, strides=3, padding="same"), (10, 11, 3))
case("valid_strides_over_kernel", lambda: L.Conv2D(4, 1, strides=3), (10, 11, 3))
case("dilation_2", lambda: L.Conv2D(4, 3, dilation_rate=2), (9, 10, 3))
case("dilation_2_same", lambda: L.Conv2D(4, 3, dilation_rate=2, padding="same"), (9, 8, 3))
case("dilation_2x3_same", lambda: L.Conv2D(4, 3, dilation_rate=(2, 3), padding="same"), (9, 8, 3))
case("dilation_even_same", lambda: L.Conv2D(4, 2, dilation_rate=3, padding="same"), (9, 8, 3))
case("groups_2", lambda: L.Conv2D(6, 3, groups=2), (7, 7, 4))
case("groups_2_same_strides_2", lambda: L.Conv2D(4, 3, groups=2, strides=2, padding="same"), (8, 7, 6))
case("groups_are_channels", lambda: L.Conv2D(8, 3, groups=4, padding="same"), (6, 7, 4))
case("no_bias", lambda: L.Conv2D(4, 3, use_bias=False), (7, 7, 3))
case("channels_first", lambda: L.Conv2D(4, 3, data_format="channels_first"), (3, 8, 7))
case(
    "channels_first_same_strides_2",
    lambda: L.Conv2D(4, 3, strides=2, padding="same", data_format="channels_first"),
    (3, 8, 7),
)
case(
    "channels_first_groups",
    lambda: L.Conv2D(4, 3, groups=2, padding="same", data_format="channels_first"),
    (4, 6, 7),
)
for activation in ("relu", "relu6", "tanh", "elu", "hard_sigmoid", "softmax"):
    case(
        f"activation_{activation}",
        lambda: L.Conv2D(4, 3, padding="same", activation=activation),
        (6, 7, 3),
    )
case(
    "channels_first_activation_softmax",
    lambda: L.Conv2D(4, 3, activation="softmax", data_format="channels_first"),
    (3, 6, 7),
)
case("same_strides_10", lambda: L.Conv2D(4, 3, strides=10, padding="same"), (17, 18, 2))
case("further_batch_axis", lambda: L.Conv2D(4, 3, activation="relu"), (2, 6, 5, 3))
case("further_batch_axis_same", lambda: L.Conv2D(4, 3, strides=2, padding="same"), (2, 6, 5, 3))
