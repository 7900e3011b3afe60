"""Records layers and models whose inputs have free dimensions; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, keras, ops, recorder

case, graph = recorder(__file__)

IMAGE = (-8, -6, 3)
SEQUENCE = (-6, 4)
VOLUME = (-4, -5, -6, 2)

for name, layer in {
    "conv1d_same": lambda: L.Conv1D(5, 3, padding="same", activation="relu"),
    "conv1d_causal": lambda: L.Conv1D(5, 3, padding="causal", dilation_rate=2),
    "conv1d_strided": lambda: L.Conv1D(5, 3, strides=2),
    "separable_conv1d": lambda: L.SeparableConv1D(5, 3, padding="same"),
    "depthwise_conv1d": lambda: L.DepthwiseConv1D(3, depth_multiplier=2),
    "conv1d_transpose_same": lambda: L.Conv1DTranspose(5, 3, strides=2, padding="same"),
    "conv1d_transpose_valid": lambda: L.Conv1DTranspose(5, 4, strides=3),
    "conv1d_transpose_output_padding": lambda: L.Conv1DTranspose(
        5, 3, strides=2, padding="same", output_padding=0),
    "max_pooling1d": lambda: L.MaxPooling1D(2),
    "average_pooling1d_same": lambda: L.AveragePooling1D(3, strides=2, padding="same"),
    "up_sampling1d": lambda: L.UpSampling1D(3),
    "cropping1d": lambda: L.Cropping1D((1, 2)),
    "cropping1d_front": lambda: L.Cropping1D((2, 0)),
    "zero_padding1d": lambda: L.ZeroPadding1D((1, 2)),
    "global_average1d_kept": lambda: L.GlobalAveragePooling1D(keepdims=True),
    "global_max1d": lambda: L.GlobalMaxPooling1D(),
    "flatten": lambda: L.Flatten(),
    "reshape": lambda: L.Reshape((-1, 2)),
    "reshape_split": lambda: L.Reshape((-1, 2, 2)),
    "permute": lambda: L.Permute((2, 1)),
    "dense": lambda: L.Dense(5, activation="softmax"),
    "batch_normalization": lambda: [L.Conv1D(5, 2), L.BatchNormalization(), L.ReLU()],
    "layer_normalization": lambda: L.LayerNormalization(),
    "group_normalization1d": lambda: L.GroupNormalization(2),
    "unit_normalization": lambda: L.UnitNormalization(),
    "p_re_lu": lambda: L.PReLU(shared_axes=[1]),
    "softmax_of_steps": lambda: L.Softmax(axis=1),
    "lstm": lambda: L.LSTM(5),
    "lstm_sequences": lambda: L.LSTM(5, return_sequences=True, go_backwards=True),
    "lstm_sigmoid": lambda: L.LSTM(5, activation="sigmoid", return_sequences=True),
    "gru": lambda: L.GRU(5),
    "gru_sequences": lambda: L.GRU(5, return_sequences=True),
    "gru_before": lambda: L.GRU(5, reset_after=False, go_backwards=True),
    "simple_rnn": lambda: L.SimpleRNN(5, return_sequences=True),
    "bidirectional_lstm": lambda: L.Bidirectional(L.LSTM(3, return_sequences=True)),
    "bidirectional_gru": lambda: L.Bidirectional(L.GRU(3), merge_mode="sum"),
    "rnn_of_cells": lambda: L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_sequences=True),
    "time_distributed_dense": lambda: L.TimeDistributed(L.Dense(5)),
    "einsum_dense": lambda: L.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="de"),
}.items():
    case(name, layer, SEQUENCE)

for name, layer in {
    "conv2d": lambda: [L.Conv2D(5, 3, padding="same"), L.BatchNormalization(), L.ReLU()],
    "conv2d_strided": lambda: L.Conv2D(5, 3, strides=2, padding="same"),
    "conv2d_dilated": lambda: L.Conv2D(5, 3, dilation_rate=2),
    "conv2d_grouped": lambda: L.Conv2D(6, 3, groups=3),
    "conv2d_channels_first": lambda: [L.Permute((3, 1, 2)), L.Conv2D(5, 3, data_format="channels_first")],
    "separable_conv2d": lambda: L.SeparableConv2D(5, 3, padding="same"),
    "depthwise_conv2d": lambda: L.DepthwiseConv2D(3, strides=2, padding="same"),
    "conv2d_transpose_same": lambda: L.Conv2DTranspose(5, 3, strides=2, padding="same", activation="relu"),
    "conv2d_transpose_valid": lambda: L.Conv2DTranspose(4, (4, 3), strides=(2, 3)),
    "conv2d_transpose_wide": lambda: L.Conv2DTranspose(4, 2, strides=3, padding="same"),
    "conv2d_transpose_output_padding": lambda: L.Conv2DTranspose(
        4, 3, strides=2, padding="same", output_padding=1),
    "conv2d_transpose_dilated": lambda: L.Conv2DTranspose(4, 3, dilation_rate=2),
    "max_pooling2d": lambda: L.MaxPooling2D(3, strides=2, padding="same"),
    "average_pooling2d": lambda: L.AveragePooling2D(2, padding="same"),
    "up_sampling2d": lambda: L.UpSampling2D((2, 3)),
    "up_sampling2d_bilinear": lambda: L.UpSampling2D(2, interpolation="bilinear"),
    "cropping2d": lambda: L.Cropping2D(((1, 2), (0, 1))),
    "zero_padding2d": lambda: L.ZeroPadding2D(((1, 2), (0, 1))),
    "global_average2d": lambda: L.GlobalAveragePooling2D(),
    "global_max2d_kept": lambda: L.GlobalMaxPooling2D(keepdims=True),
    "flatten2d": lambda: L.Flatten(),
    "reshape2d": lambda: L.Reshape((-1, 3)),
    "resizing": lambda: L.Resizing(5, 7),
    "resizing_nearest": lambda: L.Resizing(5, 7, interpolation="nearest"),
    "group_normalization2d": lambda: L.GroupNormalization(3),
    "softmax_of_image": lambda: L.Softmax(axis=(1, 2)),
    "time_distributed": lambda: L.TimeDistributed(L.Conv1D(4, 3)),
    "time_distributed_flatten": lambda: L.TimeDistributed(L.GlobalMaxPooling1D()),
}.items():
    case(name, layer, IMAGE, minimum_std=0.01)

for name, layer in {
    "conv3d": lambda: L.Conv3D(3, 2, padding="same"),
    "conv3d_transpose": lambda: L.Conv3DTranspose(3, 3, strides=2, padding="same"),
    "max_pooling3d": lambda: L.MaxPooling3D(2),
    "average_pooling3d": lambda: L.AveragePooling3D((2, 2, 3), padding="same"),
    "up_sampling3d": lambda: L.UpSampling3D((2, 1, 3)),
    "cropping3d": lambda: L.Cropping3D(((1, 0), (0, 1), (1, 1))),
    "global_average3d": lambda: L.GlobalAveragePooling3D(),
}.items():
    case(name, layer, VOLUME)

graph("attention", lambda q, v: L.Attention()([q, v]), (-5, 4), (-7, 4))
graph("attention_causal", lambda q, v: L.Attention()([q, v], use_causal_mask=True), (-5, 4), (-7, 4))
graph("additive_attention", lambda q, v: L.AdditiveAttention()([q, v]), (-5, 4), (-7, 4))
graph("multi_head", lambda q, v: L.MultiHeadAttention(2, 3)(q, v), (-5, 4), (-7, 4))
graph("multi_head_causal", lambda x: L.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True), SEQUENCE)
graph("attention_of_image", lambda x: L.MultiHeadAttention(2, 3, attention_axes=(1, 2))(x, x), (-4, -3, 5))
graph("grouped_query", lambda x: L.GroupQueryAttention(3, 4, 2)(x, x), SEQUENCE)
graph("dot", lambda a, b: L.Dot(axes=2)([a, b]), (-5, 4), (-7, 4))
graph("dot_of_steps", lambda a, b: L.Dot(axes=1)([a, b]), (-5, 4), (-5, 3))
graph("merging", lambda a, b: L.Multiply()([L.Add()([a, b]), L.Maximum()([a, b])]), SEQUENCE, SEQUENCE)
graph("concatenate_steps", lambda a, b: L.Concatenate(axis=1)([a, b]), SEQUENCE, (-3, 4))
graph("repeat_of_last", lambda x: L.RepeatVector(3)(L.LSTM(4)(x)), SEQUENCE)

for name, function in {
    "slice_tail": lambda x: x[:, 1:],
    "slice_head": lambda x: x[:, :-2],
    "slice_first_steps": lambda x: x[:, :3],
    "slice_last_steps": lambda x: x[:, -3:],
    "slice_between": lambda x: x[:, 1:-1, ::2],
    "slice_stepped": lambda x: x[:, ::2],
    "slice_last": lambda x: x[:, -1],
    "slice_second_last": lambda x: x[:, -2, None],
    "slice_backwards": lambda x: x[:, ::-1, 1:3],
    "einsum": lambda x: ops.einsum("bsd,btd->bst", x, x),
    "expand": lambda x: ops.expand_dims(ops.expand_dims(x, 1), -1) * 2.0,
    "matmul": lambda x: ops.matmul(x, ops.transpose(x, (0, 2, 1))),
    "softmax_scores": lambda x: ops.softmax(x, axis=-1),
    "mean_of_steps": lambda x: ops.mean(x, axis=1, keepdims=True) + x,
    "shift_difference": lambda x: x[:, 1:] - x[:, :-1],
}.items():
    graph(name, function, SEQUENCE)


def classifier(tokens):
    x = L.Embedding(20, 6)(tokens)
    x = L.Conv1D(8, 3, padding="same", activation="relu")(x)
    x = L.BatchNormalization()(x)
    x = L.MaxPooling1D(2)(x)
    x = L.Bidirectional(L.LSTM(4, return_sequences=True))(x)
    return L.Dense(3, activation="softmax")(L.GlobalMaxPooling1D()(x))


def masked(tokens):
    x = L.Embedding(20, 6, mask_zero=True)(tokens)
    x = L.Bidirectional(L.GRU(4, return_sequences=True))(x)
    return L.Dense(3)(L.GRU(5)(x))


def transformer(tokens):
    x = L.Embedding(20, 8)(tokens)
    attended = L.MultiHeadAttention(2, 4)(x, x, use_causal_mask=True)
    x = L.LayerNormalization()(L.Add()([x, attended]))
    inner = L.Dense(8)(L.Dense(16, activation="gelu")(x))
    x = L.LayerNormalization()(L.Add()([x, inner]))
    return L.Dense(3)(L.GlobalAveragePooling1D()(x)), L.Dense(20)(x)


graph("model_text", classifier, (-8,), dtype="int32", below=20, minimum_std=0.01)
graph("model_masked_text", masked, (-8,), dtype="int32", below=20)
graph("model_transformer", transformer, (-8,), dtype="int32", below=20)


def unet(image):
    a = L.Conv2D(4, 3, padding="same", activation="relu")(image)
    b = L.Conv2D(6, 3, strides=2, padding="same")(a)
    b = L.ReLU()(L.BatchNormalization()(b))
    c = L.Conv2D(8, 3, padding="same", activation="relu")(L.MaxPooling2D()(b))
    up = L.Concatenate()([L.Conv2DTranspose(6, 3, strides=2, padding="same")(c), b])
    up = L.Conv2D(4, 3, padding="same", activation="relu")(up)
    up = L.Concatenate()([L.UpSampling2D(interpolation="bilinear")(up), a])
    return L.Conv2D(2, 1)(up)


def several(image, sequence, volume):
    x = L.Conv2D(4, 3, padding="same", activation="relu")(image)
    x = L.Concatenate()([x, L.UpSampling2D(2)(L.AveragePooling2D(2)(x))])
    x = L.ZeroPadding2D(1)(L.Cropping2D(1)(x))
    image_features = L.Concatenate()([L.GlobalAveragePooling2D()(x), L.GlobalMaxPooling2D()(x)])
    y = L.Conv1D(5, 3, padding="same")(sequence)
    y = L.UpSampling1D(2)(L.MaxPooling1D(2)(y))
    z = L.GlobalMaxPooling3D()(L.Conv3D(4, 2, padding="same")(volume))
    joined = L.Concatenate()([image_features, L.GlobalAveragePooling1D()(y), z])
    return x, y, L.Dense(6, activation="tanh")(joined)


graph("model_unet", unet, (-8, -12, 3), other=[(12, 4, 3)])
graph("model_several", several, (-8, -6, 2), (-6, 3), (-3, -4, -5, 2), other=[(6, 10, 2), (10, 3), (5, 4, 3, 2)])
inner = [L.Conv2D(4, 3, padding="same", activation="relu"), L.GlobalAveragePooling2D(), L.Dense(5)]
case("model_frames", lambda: [L.TimeDistributed(keras.Sequential(inner)), L.LSTM(4), L.Dense(3)], (-3, -6, -5, 2), minimum_std=0.01)
case("conv_lstm1d_steps", lambda: L.ConvLSTM1D(4, 3), (-4, 6, 3))
case("conv_lstm2d_steps", lambda: L.ConvLSTM2D(3, 3, padding="same", return_sequences=True), (-4, 5, 4, 2))
