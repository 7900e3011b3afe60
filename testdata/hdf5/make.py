"""Writes the HDF5 files of this folder: python make.py

Needs h5py and, for nested.*, tf_keras. Every array of the hand-made files holds
value[i] = i / 4 - 1 in row-major order, which all float formats represent exactly.
"""

import json
import os
import struct

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def values(shape, dtype=np.float64):
    return (np.arange(int(np.prod(shape))) / 4 - 1).reshape(shape).astype(dtype)


def legacy(name, layers, fixed=False, chunks=None, userblock=0):
    """A weights file; layers: [(layer name, [(weight name, dataset arguments)])]."""
    with h5py.File(os.path.join(HERE, name), "w", userblock_size=userblock) as file:
        def strings(texts):
            return np.array([t.encode() for t in texts]) if fixed else list(texts)

        names = [layer for layer, _ in layers]
        if chunks:
            for index, part in enumerate(np.array_split(np.array(names, "S"), chunks)):
                file.attrs[f"layer_names{index}"] = part
        else:
            file.attrs["layer_names"] = strings(names)
        file.attrs["backend"] = "tensorflow"
        file.attrs["keras_version"] = "2.4.0"
        for layer, weights in layers:
            group = file.require_group(layer)
            group.attrs["weight_names"] = strings([w for w, _ in weights]) if weights else []
            for weight, arguments in weights:
                group.create_dataset(weight, **arguments)


def dtypes():
    bfloat16 = (values((2, 3), np.float32).view(np.uint32) >> 16).astype(np.uint16)
    legacy("dtypes.h5", [
        ("float16", [("kernel:0", {"data": values((2, 3), np.float16)})]),
        ("float32", [("kernel:0", {"data": values((2, 3), np.float32)})]),
        ("float64", [("kernel:0", {"data": values((2, 3))})]),
        ("bfloat16", [("kernel:0", {"data": bfloat16.view("V2")})]),
        ("big16", [("kernel:0", {"data": values((2, 3), ">f2")})]),
        ("big32", [("kernel:0", {"data": values((2, 3), ">f4")})]),
        ("big64", [("kernel:0", {"data": values((2, 3), ">f8")})]),
        ("int8", [("kernel:0", {"data": np.arange(-3, 3, dtype=np.int8).reshape(2, 3)})]),
        ("odd", [("kernel:0", {"data": np.arange(3, dtype=np.int8)}),
                 ("bias:0", {"data": values((5,), np.float32)})]),
        ("int64", [("count:0", {"data": np.int64(7)})]),
    ])


def packed():
    shape = (6, 5)
    data = values(shape, np.float32)
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    legacy("packed.h5", [
        ("chunked", [("kernel:0", {"data": data, "chunks": (4, 2)})]),
        ("gzip", [("kernel:0", {"data": data, "chunks": (6, 5), "compression": "gzip"})]),
        ("shuffle", [("kernel:0", {"data": data, "chunks": (3, 5), "compression": "gzip",
                                   "shuffle": True, "fletcher32": True})]),
        ("compact", [("kernel:0", {"data": data, "dcpl": compact})]),
        ("half", [("kernel:0", {"data": data.astype(">f2"), "chunks": (3, 5)})]),
    ])
    legacy("userblock.h5", [("dense", [("kernel:0", {"data": data})])], userblock=1024)


def names():
    kernel = {"data": values((2, 2), np.float32)}
    legacy("names.h5", [
        ("blk", [("blk/kernel:0", kernel)]),
        ("blk/conv", [("blk/conv/kernel:0", kernel), ("blk/conv/bias:0", kernel)]),
        ("drop", []),
        ("exactly_full", [("kernel:0", kernel)]),
    ], fixed=True)
    legacy("split.h5", [(f"dense_{i}", [("kernel:0", kernel)]) for i in range(7)], chunks=3)


def latest():
    """The newer layout of everything that libhdf5 1.10 reads: headers with checksums, large groups, many and large attributes."""
    data = values((4, 3), np.float32)
    with h5py.File(os.path.join(HERE, "latest.h5"), "w", libver=("v110", "v110")) as file:
        names = [f"dense_{index}" for index in range(60)]
        file.attrs["layer_names"] = names
        for index in range(10):
            file.attrs[f"other_{index}"] = [f"{index}"] * index
        for index, name in enumerate(names):
            group = file.create_group(name, track_order=index % 2 == 1)
            group.attrs["weight_names"] = ["kernel:0"]
            options = {"chunks": (2, 3), "compression": "gzip"} if index % 20 == 0 else {}
            options = {"chunks": (4, 3)} if index == 1 else options
            group.create_dataset("kernel:0", data=data, **options)


def growable():
    """Datasets that can grow along one axis and along two, in the newer layout."""
    for axes, name in enumerate(["growable1.h5", "growable2.h5"], 1):
        with h5py.File(os.path.join(HERE, name), "w", libver=("v110", "v110")) as file:
            file.create_dataset("kernel:0", data=values((4, 3), np.float32), chunks=(2, 3),
                                maxshape=[None] * axes + [3] * (2 - axes))


def hostile():
    """Shapes without data, data in other files, links out of the file."""
    with h5py.File(os.path.join(HERE, "hostile.h5"), "w") as file:
        file.attrs["layer_names"] = ["unwritten", "huge", "outside", "linked", "text"]
        for name in file.attrs["layer_names"]:
            if name != "linked":
                file.create_group(name).attrs["weight_names"] = ["kernel:0"]
        file["unwritten"].create_dataset("kernel:0", shape=(1 << 40,), dtype="f4")
        file["huge"].create_dataset("kernel:0", shape=(1 << 40,), dtype="f4", chunks=(1 << 10,))
        file["huge/kernel:0"][:4] = 1
        file["outside"].create_dataset(
            "kernel:0", shape=(4,), dtype="f4", external=[("other.bin", 0, 16)])
        file["linked"] = h5py.ExternalLink("names.h5", "/blk")
        file["text"].create_dataset("kernel:0", data="not a number")


def links():
    """A group with two names, and one with a soft link to the root in it."""
    for name, target in [("twice.h5", None), ("circular.h5", h5py.SoftLink("/"))]:
        with h5py.File(os.path.join(HERE, name), "w") as file:
            file.create_dataset("group/kernel:0", data=values((2, 3), np.float32))
            file["group/again" if target else "again"] = target or file["group"]


def repeated():
    """An attribute of 64 texts that are all the same item of a heap."""
    path = os.path.join(HERE, "repeated.h5")
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = ["x" * 2000] + ["y"] * 63
    with open(path, "rb") as file:
        contents = file.read()
    start = contents.index(struct.pack("<I", 2000))
    with open(path, "wb") as file:
        file.write(contents[:start] + contents[start:start + 16] * 64 + contents[start + 1024:])


def newer():
    """What HDF5 2.0 writes at its latest; needs an h5py that is built with it."""
    with h5py.File(os.path.join(HERE, "newer.h5"), "w", libver="latest") as file:
        file.create_dataset("kernel:0", data=values((4, 3), np.float32), chunks=(2, 3),
                            compression="gzip")


def nested():
    """A model with nested, frozen and shared parts; each array holds one number of its own."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import tf_keras as keras
    L = keras.layers

    x = inner_in = keras.Input((4,), name="inner_in")
    x = L.Dense(4, name="i1")(x)
    x = L.BatchNormalization(name="bn")(x)
    x = L.Dense(4, name="d2", trainable=False)(x)
    inner = keras.Model(inner_in, x, name="inner")
    middle = keras.Sequential(
        [L.Dense(4, name="d1", input_shape=(4,)), inner, L.BatchNormalization(name="bn2")],
        name="middle")
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    shared = L.Dense(4, name="shared")
    out = L.Add(name="sum")([shared(middle(a)), shared(middle(b))])
    model = keras.Model([a, b], [out, middle(out)], name="outer")

    expected, number = {}, 0
    def number_weights(layer, path):
        nonlocal number
        if hasattr(layer, "layers"):
            for child in layer.layers:
                number_weights(child, path + [child.name])
        elif layer.weights:
            expected["/".join(path)] = []
            for variable in layer.weights:
                number += 1
                variable.assign(np.full(variable.shape, number, np.float32))
                expected["/".join(path)].append(number)
    number_weights(model, [])
    open(os.path.join(HERE, "nested.json"), "w").write(model.to_json())
    model.save_weights(os.path.join(HERE, "nested.weights_only.h5"))
    model.save(os.path.join(HERE, "nested.h5"))
    json.dump(expected, open(os.path.join(HERE, "nested.expected.json"), "w"), indent=1)


if __name__ == "__main__":
    dtypes()
    packed()
    names()
    hostile()
    latest()
    growable()
    links()
    repeated()
    newer()
    nested()
