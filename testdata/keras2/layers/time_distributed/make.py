"""Records the fixtures of TimeDistributed; see record/keras2.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, keras, recorder

case, _ = recorder(__file__)
case("dense", lambda: L.TimeDistributed(L.Dense(4, activation="relu")), (5, 3))
case("dense_images", lambda: L.TimeDistributed(L.Dense(4)), (5, 3, 2))
case("conv2d", lambda: L.TimeDistributed(L.Conv2D(4, 3, activation="relu")), (3, 6, 7, 2))
case("conv1d_same", lambda: L.TimeDistributed(L.Conv1D(4, 3, padding="same")), (3, 6, 2))
case("flatten", lambda: L.TimeDistributed(L.Flatten()), (3, 4, 2))
case("pool", lambda: L.TimeDistributed(L.MaxPooling2D()), (3, 4, 6, 2))
case("global_pool", lambda: L.TimeDistributed(L.GlobalAveragePooling2D()), (3, 4, 6, 2))
case("batch_normalization", lambda: L.TimeDistributed(L.BatchNormalization()), (4, 3))
case("reshape", lambda: L.TimeDistributed(L.Reshape((2, 6))), (3, 4, 3))
case("activation", lambda: L.TimeDistributed(L.Activation("softmax")), (5, 3))
case("dropout", lambda: L.TimeDistributed(L.Dropout(0.5)), (5, 3))
case("lstm", lambda: L.TimeDistributed(L.LSTM(4)), (3, 5, 2))
case("gru_sequence", lambda: L.TimeDistributed(L.GRU(4, return_sequences=True)), (3, 5, 2))
case("twice", lambda: L.TimeDistributed(L.TimeDistributed(L.Dense(4))), (2, 3, 5))
case("embedding", lambda: L.TimeDistributed(L.Embedding(9, 4)), (3, 5), dtype="int32", below=9)
case(
    "cnn_lstm",
    lambda: [
        L.TimeDistributed(L.Conv2D(3, 3, activation="relu")), L.TimeDistributed(L.Flatten()),
        L.LSTM(4), L.Dense(2),
    ], (4, 6, 6, 1),
)
case("masked", lambda: [L.Masking(), L.TimeDistributed(L.Dense(4)), L.GRU(3)], (5, 3))


def sequential():
    return keras.Sequential(
        [
            L.Conv1D(4, 3, input_shape=(6, 2)), L.BatchNormalization(), L.ReLU(), L.Flatten(),
            L.Dense(3),
        ]
    )


def functional():
    x = keras.Input((6, 2))
    y = L.Dense(4, activation="relu")(x)
    y = L.Add()([y, L.Dense(4)(x)])
    return keras.Model(x, L.GlobalAveragePooling1D()(y))


case("sequential_model", lambda: L.TimeDistributed(sequential()), (3, 6, 2))
case("functional_model", lambda: L.TimeDistributed(functional()), (3, 6, 2))


def frame_encoder():
    return keras.Sequential(
        [
            L.Conv2D(3, 3, activation="relu", input_shape=(6, 5, 2)), L.BatchNormalization(),
            L.MaxPooling2D(), L.Flatten(), L.Dense(4),
        ]
    )


def containing_distributed():
    x = keras.Input((3, 4))
    return keras.Model(x, L.GRU(3)(L.TimeDistributed(L.Dense(5, activation="relu"))(x)))


case("video", lambda: [L.TimeDistributed(frame_encoder()), L.LSTM(4)], (3, 6, 5, 2))
case("twice_conv", lambda: L.TimeDistributed(L.TimeDistributed(L.Conv1D(3, 2))), (2, 3, 5, 2))
case("twice_lstm", lambda: L.TimeDistributed(L.TimeDistributed(L.LSTM(3))), (2, 3, 4, 2))
case("twice_model", lambda: L.TimeDistributed(L.TimeDistributed(functional())), (2, 3, 6, 2))
case("model_containing", lambda: L.TimeDistributed(containing_distributed()), (2, 3, 4))
case("nested_models", lambda: L.TimeDistributed(keras.Sequential([keras.Input((6, 2)), functional(), L.Dense(2)])), (3, 6, 2))
case("bidirectional", lambda: L.TimeDistributed(L.Bidirectional(L.LSTM(3, return_sequences=True))), (2, 5, 3))
case("bidirectional_outside", lambda: [L.TimeDistributed(L.Dense(4)), L.Bidirectional(L.LSTM(3))], (5, 3))
case("layer_normalization", lambda: L.TimeDistributed(L.LayerNormalization()), (4, 3, 5))
case("separable", lambda: L.TimeDistributed(L.SeparableConv2D(3, 2, padding="same")), (3, 4, 5, 2))
case("upsampling", lambda: L.TimeDistributed(L.UpSampling2D()), (3, 4, 5, 2))
case("shared", lambda: lambda x: (lambda t: L.Concatenate()([t(x), t(L.ReLU()(x))]))(L.TimeDistributed(sequential())), (3, 6, 2))
