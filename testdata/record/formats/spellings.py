"""Records models in spellings that people's files have and Keras on Linux does not write.

    KERAS_MODULE=tf python spellings.py <prefix> <case> ...

`windows` and `repacked` need TensorFlow 2.13 or 2.15 (`KERAS_MODULE=tf`), the others run
on tf_keras (`KERAS_MODULE=tf_keras`):

    tf213: windows repacked        tf215: windows
    tfk: quoted utf16 bare words old_weights
"""

import json
import ntpath
import os
import sys
import zipfile

import numpy as np

from record import L, keras, randomize

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../keras2/formats")


def layers():
    """Layers whose weights lie at several depths."""
    x = keras.Input((7, 4))
    y = L.Conv1D(6, 3, activation="tanh")(x)
    y = L.Bidirectional(L.LSTM(3, return_sequences=True))(y)
    y = L.LayerNormalization()(L.MultiHeadAttention(2, 3)(y, y))
    a = keras.Input((5, 6))
    inner = keras.Model(a, L.Dense(4)(L.Dense(5, activation="relu")(a)), name="inner")
    return keras.Model(x, L.Dense(2)(L.GlobalAveragePooling1D()(inner(y))))


def chain():
    return keras.Sequential([
        keras.Input((6, 6, 2)), L.Conv2D(3, 3, activation="relu"), L.BatchNormalization(),
        L.MaxPooling2D(2), L.Flatten(), L.Dense(3)])


def windows(model, path):
    """Keras on Windows joins the names of groups with backslashes."""
    gfile = tf().io.gfile
    join = gfile.join
    gfile.join = ntpath.join
    model.save(path + ".keras")
    gfile.join = join


def repacked(model, path):
    """An archive that was unpacked and packed again on Windows, in a folder."""
    model.save(path + ".keras")
    with zipfile.ZipFile(path + ".keras") as file:
        members = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path + ".keras", "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo("model/" + name)
            info.filename = "model\\" + name
            file.writestr(info, data)


def quoted(model, path):
    """json.dump of the text that to_json returns."""
    write(path, json.dumps(model.to_json()).encode())
    model.save_weights(path + ".legacy.h5")


def utf16(model, path):
    """Text that PowerShell redirected to a file."""
    write(path, b"\xff\xfe" + model.to_json().encode("utf-16-le"))
    model.save_weights(path + ".weights.h5")


def bare(model, path):
    """The configuration of the model instead of its architecture."""
    write(path, json.dumps(model.get_config()).encode())
    model.save_weights(path + ".legacy.h5")


WORDS = {
    "filters": "nb_filter", "strides": "subsample", "padding": "border_mode", "use_bias": "bias",
    "rate": "p", "units": "output_dim", "recurrent_activation": "inner_activation",
}


def words(model, path):
    """A file of Keras 2 with words of Keras 1 in its layers."""
    architecture = json.loads(model.to_json())
    architecture["keras_version"] = "2.0.4"
    for layer in architecture["config"]["layers"]:
        config = layer["config"]
        kind = layer["class_name"]
        if kind == "Dense" and "name" in config:
            config["W_regularizer"] = None
        if kind == "Conv2D":
            layer["class_name"] = "Convolution2D"
            config["nb_row"], config["nb_col"] = config.pop("kernel_size")
            config["dim_ordering"] = "tf"
            del config["data_format"]
        if kind == "MaxPooling2D":
            config["dim_ordering"] = "tf"
            del config["data_format"]
        if kind in ("Conv2D", "MaxPooling2D", "Dense", "Dropout"):
            layer["config"] = {
                (key if (kind, key) == ("MaxPooling2D", "strides") else WORDS.get(key, key)): value
                for key, value in config.items()}
    write(path, json.dumps(architecture).encode())
    model.save_weights(path + ".legacy.h5")


def old_weights(model, path):
    """An architecture of Keras 2 with weights that Keras 1 wrote: each gate of its LSTM by itself."""
    import h5py

    write(path, model.to_json().encode())
    with h5py.File(path + ".legacy.h5", "w") as file:
        names = [layer.name for layer in model.layers]
        file.attrs["layer_names"] = [name.encode() for name in names]
        for layer in model.layers:
            arrays = []
            if layer.__class__.__name__ == "LSTM":
                parts = [np.split(array, 4, axis=-1) for array in layer.get_weights()]
                for gate, letter in ((0, "i"), (2, "c"), (1, "f"), (3, "o")):
                    for part, role in zip(parts, "WUb"):
                        arrays.append((f"{layer.name}_{role}_{letter}:0", part[gate]))
            elif layer.get_weights():
                for role, array in zip("Wb", layer.get_weights()):
                    array = array[:, None] if array.ndim == 3 else array
                    arrays.append((f"{layer.name}_{role}:0", array))
            group = file.create_group(layer.name)
            group.attrs["weight_names"] = [name.encode() for name, _ in arrays]
            for name, array in arrays:
                group[name] = array


def sequence():
    return keras.Sequential([
        keras.Input((6, 4)), L.Conv1D(5, 2), L.LSTM(4, recurrent_activation="hard_sigmoid"),
        L.Dense(3)])


def write(path, data):
    with open(path + ".json", "wb") as file:
        file.write(data)


def tf():
    import tensorflow
    return tensorflow


CASES = {
    "windows": (windows, layers), "repacked": (repacked, chain), "quoted": (quoted, chain),
    "utf16": (utf16, layers), "bare": (bare, layers), "words": (words, chain),
    "old_weights": (old_weights, sequence),
}

if __name__ == "__main__":
    for case in sys.argv[2:]:
        save, make = CASES[case]
        keras.backend.clear_session()
        rng = np.random.default_rng(len(case))
        model = make()
        randomize(model, rng)
        x = rng.normal(0, 1, (2,) + tuple(model.inputs[0].shape[1:])).astype(np.float32)
        y = np.asarray(model(x, training=False))
        assert np.all(np.isfinite(y)) and y.std() > 0.01, case
        path = os.path.join(FOLDER, f"{sys.argv[1]}_{case}")
        np.savez_compressed(path + ".npz", in0=x, out0=y)
        save(model, path)
    print("recorded", *sys.argv[1:])
