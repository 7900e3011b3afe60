"""Records the fixtures of LSTM; see record/keras2.py."""

import os
import sys

import h5py
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
case("last", lambda: L.LSTM(5), (6, 3))
case("sequence", lambda: L.LSTM(5, return_sequences=True), (6, 3))
case("states", lambda: L.LSTM(5, return_state=True), (6, 3))
case(
    "sequence_states", lambda: L.LSTM(5, return_sequences=True, return_state=True), (6, 3)
)
case("one_step", lambda: L.LSTM(4), (1, 3))
case("one_unit", lambda: L.LSTM(1, return_sequences=True), (5, 2))
case("many_units", lambda: L.LSTM(37, return_sequences=True), (9, 19))
case("no_bias", lambda: L.LSTM(5, use_bias=False, return_sequences=True), (6, 3))
case("backwards", lambda: L.LSTM(5, go_backwards=True), (6, 3))
case(
    "backwards_sequence",
    lambda: L.LSTM(5, go_backwards=True, return_sequences=True, return_state=True), (6, 3),
)
for activation in ("relu", "linear", "relu6", "sigmoid", "elu", "softsign", "softmax"):
    case(
        f"activation_{activation}",
        lambda: L.LSTM(5, activation=activation, return_sequences=True), (6, 3), scale=0.5,
        minimum_std=0.02,
    )
for activation in ("hard_sigmoid", "relu", "tanh", "softmax"):
    case(
        f"gates_{activation}",
        lambda: L.LSTM(5, recurrent_activation=activation, return_sequences=True), (6, 3),
        scale=0.5, minimum_std=0.02,
    )
case("unrolled", lambda: L.LSTM(5, unroll=True, return_sequences=True), (6, 3))
case("time_major", lambda: L.LSTM(5, time_major=True, return_sequences=True), (6, 3))
case("two_layers", lambda: [L.LSTM(7, return_sequences=True), L.LSTM(4)], (6, 3))


def initialized(layer):
    return lambda tensors: layer(tensors[0], initial_state=list(tensors[1:]))


case("initial_state", lambda: initialized(L.LSTM(5)), (6, 3), (5,), (5,))
case(
    "initial_state_sequence",
    lambda: initialized(L.LSTM(5, return_sequences=True, return_state=True)),
    (6, 3), (5,), (5,),
)
case(
    "initial_state_gates",
    lambda: initialized(L.LSTM(5, recurrent_activation="hard_sigmoid", return_state=True)),
    (6, 3), (5,), (5,),
)


def encoder_decoder(tensors):
    _, h, c = L.LSTM(5, return_state=True)(tensors[0])
    return L.LSTM(5, return_sequences=True)(tensors[1], initial_state=[h, c])


case("encoder_decoder", lambda: encoder_decoder, (6, 3), (4, 2))


def cell_state_read(tensor):
    y, h, c = L.LSTM(5, return_state=True)(tensor)
    return L.Dense(3)(L.Concatenate()([L.Multiply()([h, c]), y]))


case("cell_state_read", lambda: cell_state_read, (6, 3))
case("dense_after", lambda: [L.LSTM(8), L.Dense(3, activation="softmax")], (6, 3))


def hardware(name, layer, *shapes):
    """The same model as CuDNNLSTM, whose weights have another layout."""
    case(name, lambda: layer, *shapes)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path + ".json") as file:
        text = file.read()
    with open(path + ".json", "w") as file:
        file.write(text.replace('"class_name": "LSTM"', '"class_name": "CuDNNLSTM"'))
    kernel, recurrent, bias = layer.get_weights()
    gates = kernel.shape[1] // layer.units
    kernel = np.hstack([x.T.reshape(x.shape) for x in np.hsplit(kernel, gates)])
    recurrent = np.hstack([x.T for x in np.hsplit(recurrent, gates)])
    bias = np.concatenate([0.25 * bias, 0.75 * bias])
    with h5py.File(path + ".h5", "a") as file:
        group = file[layer.name]
        for key, value in zip(list(group.attrs["weight_names"]), (kernel, recurrent, bias)):
            del group[key]
            group.create_dataset(key, data=value)


hardware("hardware", L.LSTM(5, return_sequences=True), (6, 3))
