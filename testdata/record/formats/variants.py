"""Records rarer forms of Keras 3 files: other element types, repacked and renumbered ones.

    python variants.py
"""

import os
import shutil
import zipfile

import record
from record import L, flat, keras, np

import h5py

assert keras.__version__.startswith("3."), keras.__version__
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../keras3/formats")


def path(name):
    return os.path.join(FOLDER, name)


def twin(model):
    """A model that computes in float32 with the weights of `model`."""
    keras.config.set_dtype_policy("float32")
    copy = record.dense_chain()
    copy.set_weights([np.asarray(w, dtype=np.float32) for w in model.get_weights()])
    return copy


def save_data(name, model, inputs):
    outputs = flat(model(inputs[0], training=False))
    arrays = {f"in{i}": x for i, x in enumerate(inputs)}
    arrays.update({f"out{i}": y for i, y in enumerate(outputs)})
    np.savez_compressed(path(name + ".npz"), **arrays)


def element_types():
    """Weights of other widths; the outputs are those of the same weights in float32."""
    for policy in ["float16", "bfloat16"]:
        rng = np.random.default_rng(7)
        keras.config.set_dtype_policy(policy)
        model = record.dense_chain()
        record.randomize(model, rng)
        name = f"k3_15_{policy}"
        model.save(path(name + ".keras"))
        save_data(name, twin(model), [rng.normal(0, 1, (2, 5)).astype(np.float32)])


def quantized():
    """Kernels of 8-bit integers; the outputs are those of their real values in float32."""
    rng = np.random.default_rng(8)
    x = keras.Input((6,), dtype="int32")
    y = L.Embedding(9, 4)(x)
    y = L.EinsumDense("abc,cd->abd", (6, 5), bias_axes="d")(y)
    y = L.Dense(3, activation="tanh")(y)
    model = keras.Model(x, L.Dense(4, use_bias=False)(L.Flatten()(y)))
    record.randomize(model, rng)
    with_float = keras.models.clone_model(model)
    model.quantize("int8")
    values = []
    for layer in model.layers:
        weights = {w.path.split("/")[-1]: w.numpy() for w in layer.weights}
        if "bias" in weights:
            values.append(weights["bias"])
        for name in ("kernel", "embeddings"):
            if name in weights:
                scale = weights[name + "_scale"]
                scale = scale[:, None] if name == "embeddings" else scale.reshape(1, -1)
                values.append((weights[name].astype(np.float64) / scale).astype(np.float32))
    for variable in with_float.weights:
        match = [v for v in values if v.shape == tuple(variable.shape)]
        assert len(match) == 1, variable.path
        variable.assign(match[0])
    model.save(path("k3_15_int8.keras"))
    save_data("k3_15_int8", with_float, [rng.integers(0, 9, (2, 6)).astype(np.int32)])


def packed(source, target):
    """A copy with compressed chunks, as repacking tools write it."""
    with h5py.File(source) as old, h5py.File(target, "w", libver="latest") as new:
        def copy(name, item):
            if isinstance(item, h5py.Dataset):
                options = {"chunks": True, "compression": 9, "shuffle": True} if item.size > 8 else {}
                new.create_dataset(name, data=item[()], **options)
            else:
                new.require_group(name)
        old.visititems(copy)


def renumbered(source, target):
    """A copy whose groups start at higher numbers, as models of a longer session have them."""
    with h5py.File(source) as old, h5py.File(target, "w") as new:
        for name in old["layers"]:
            base = name.rstrip("0123456789").rstrip("_") if name[-1].isdigit() else name
            number = int(name[len(base) + 1:] or 0)
            old.copy(f"layers/{name}", new.require_group("layers"), f"{base}_{number + 7}")


def forms():
    """The image model deflated, as a folder, repacked, renumbered and in shards."""
    archive, weights = path("k3_15_image.keras"), path("k3_15_image.weights.h5")
    for name in ["deflated", "unpacked", "packed", "renumbered", "sharded"]:
        shutil.copy(path("k3_15_image.npz"), path(f"k3_15_{name}.npz"))
    with zipfile.ZipFile(archive) as old:
        with zipfile.ZipFile(path("k3_15_deflated.keras"), "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        shutil.rmtree(path("k3_15_unpacked.folder"), ignore_errors=True)
        old.extractall(path("k3_15_unpacked.folder"))
    for name, change in [("packed", packed), ("renumbered", renumbered)]:
        shutil.copy(path("k3_15_image.json"), path(f"k3_15_{name}.json"))
        change(weights, path(f"k3_15_{name}.weights.h5"))
    model = keras.models.load_model(archive, compile=False)
    shutil.copy(path("k3_15_image.json"), path("k3_15_sharded.json"))
    model.save_weights(path("k3_15_sharded.weights.json"), max_shard_size=7e-7)


element_types()
quantized()
forms()
