"""Writes weights files with one fault each, from a sound one. Needs: pip install h5py numpy."""

import shutil

import h5py
import numpy as np

SOUND = "../keras2/layers/conv2d/activation_relu6.h5"


def damaged(name, change):
    path = name + ".h5"
    shutil.copy(SOUND, path)
    with h5py.File(path, "r+") as file:
        group = file["conv2d"]
        weights = [n.decode() if isinstance(n, bytes) else n for n in group.attrs["weight_names"]]
        kernel = next(n for n in weights if "kernel" in n)
        change(file, group, kernel)


def replace(group, name, value):
    del group[name]
    group.create_dataset(name, data=value)


def missing_group(file, group, kernel):
    del file["conv2d"]


def missing_dataset(file, group, kernel):
    del group[kernel]


def missing_names(file, group, kernel):
    del group.attrs["weight_names"]


def missing_layer_names(file, group, kernel):
    del file.attrs["layer_names"]


def wrong_dtype(file, group, kernel):
    replace(group, kernel, np.array([b"no", b"numbers"]))


def wrong_shape(file, group, kernel):
    replace(group, kernel, np.ones((3, 3, 5, 4), np.float32))


def nan_weights(file, group, kernel):
    value = group[kernel][()]
    value[0, 0, 0, 0] = np.nan
    replace(group, kernel, value)


def dangling_link(file, group, kernel):
    del group[kernel]
    group[kernel] = h5py.ExternalLink("/etc/passwd", "/x")


for change in (
    missing_group, missing_dataset, missing_names, missing_layer_names, wrong_dtype, wrong_shape,
    nan_weights, dangling_link,
):
    damaged(change.__name__, change)
