"""Records the fixtures of GRU; see record/keras2.py."""

import os
import sys

import h5py
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras2 import L, recorder

case, _ = recorder(__file__)
for reset_after in (False, True):
    suffix = "_reset_after" if reset_after else ""
    case(f"last{suffix}", lambda: L.GRU(5, reset_after=reset_after), (6, 3))
    case(
        f"sequence_states{suffix}",
        lambda: L.GRU(5, reset_after=reset_after, return_sequences=True, return_state=True),
        (6, 3),
    )
    case(
        f"no_bias{suffix}",
        lambda: L.GRU(5, reset_after=reset_after, use_bias=False, return_sequences=True), (6, 3),
    )
    case(
        f"gates_hard_sigmoid{suffix}",
        lambda: L.GRU(
            5, reset_after=reset_after, recurrent_activation="hard_sigmoid",
            return_sequences=True,
        ), (6, 3),
    )
case("activation_relu", lambda: L.GRU(5, activation="relu", return_sequences=True), (6, 3))
case("backwards", lambda: L.GRU(5, go_backwards=True, return_sequences=True), (6, 3))
case("unrolled", lambda: L.GRU(5, unroll=True), (6, 3))
case("time_major", lambda: L.GRU(5, time_major=True, return_sequences=True), (6, 3))
case("long", lambda: L.GRU(4, return_sequences=True), (90, 2))
case("long_last", lambda: L.GRU(4), (90, 2))
case("two_layers", lambda: [L.GRU(7, return_sequences=True), L.GRU(4)], (6, 3))


def initialized(layer):
    return lambda tensors: layer(tensors[0], initial_state=tensors[1])


case(
    "initial_state", lambda: initialized(L.GRU(5, return_sequences=True, return_state=True)),
    (6, 3), (5,),
)


def hardware(name, layer, *shapes):
    """The same model as CuDNNGRU, whose weights have another layout."""
    case(name, lambda: layer, *shapes)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path + ".json") as file:
        text = file.read()
    with open(path + ".json", "w") as file:
        file.write(text.replace('"class_name": "GRU"', '"class_name": "CuDNNGRU"'))
    kernel, recurrent, bias = layer.get_weights()
    gates = kernel.shape[1] // layer.units
    kernel = np.hstack([x.T.reshape(x.shape) for x in np.hsplit(kernel, gates)])
    recurrent = np.hstack([x.T for x in np.hsplit(recurrent, gates)])
    bias = bias.reshape(-1)
    with h5py.File(path + ".h5", "a") as file:
        group = file[layer.name]
        for key, value in zip(list(group.attrs["weight_names"]), (kernel, recurrent, bias)):
            del group[key]
            group.create_dataset(key, data=value)


hardware("hardware", L.GRU(5, return_sequences=True), (6, 3))
