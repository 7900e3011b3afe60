"""Derives the spellings of older Keras versions from recorded architectures.

`python older.py` rewrites NAME.json into NAME.<variant>.json. A variant describes
the same model, so it shares NAME.h5 and NAME.npz. Each is loaded with Keras 2
and compared with the recorded outputs before it is kept.

    keras20   Keras 2.0: Sequential is a bare list without InputLayer and name,
              graphs are called Model, no groups, keepdims, Flatten.data_format, ...
    keras23   Keras 2.3: as above, but Sequential is an object with a name
    tf113     TensorFlow 1.13: Model, BatchNormalizationV1, no InputLayer
    tf20      first releases of TensorFlow 2.0: as above, but BatchNormalizationV2
    tf24      TensorFlow 2.4: Functional, groups, no module or build_config
    mixed     TensorFlow 2.4 with a dtype policy per layer
    refs3     inbound nodes whose tensors have three elements
    renamed   layers of another session: same order, other names
"""

import copy
import json
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
import numpy as np
from keras2 import keras, run

SEQUENTIAL = ["sequential", "sequential_dense", "audio_cnn", "mlp"]
NESTED = [
    "sequential_in_sequential", "nested_sequential", "nested_called_twice", "nested_two_deep",
    "model_as_first_layer",
]
GRAPHS = [
    "functional", "shared_conv", "shared_dense", "several_inputs_outputs", "input_is_output",
    "same_tensor_twice", "branches", "residual", "text_cnn", "channels_first_flatten_last",
]
VARIANTS = {
    "keras20": SEQUENTIAL + NESTED + GRAPHS,
    "keras23": SEQUENTIAL + NESTED + GRAPHS,
    "tf113": ["sequential", "nested_sequential", "residual", "several_inputs_outputs"],
    "tf20": ["sequential", "residual"],
    "tf24": ["sequential", "functional", "nested_called_twice", "operators", "conv_groups_bn"],
    "mixed": ["sequential", "functional", "nested_sequential"],
    "refs3": ["functional", "nested_called_twice", "several_inputs_outputs", "shared_dense"],
    "renamed": ["sequential", "functional", "residual"],
}
VERSIONS = {
    "keras20": "2.0.9", "keras23": "2.3.1", "tf113": "2.2.4-tf", "tf20": "2.2.4-tf",
    "tf24": "2.4.0", "mixed": "2.4.0",
}
INITIALIZERS = {
    "GlorotUniform": {
        "class_name": "VarianceScaling",
        "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None},
    }
}
NEWER_FIELDS = {
    "keras20": {
        "groups", "keepdims", "interpolation", "output_padding", "robust_masking",
        "ragged", "optional", "dtype",
    },
    "keras23": {"groups", "keepdims", "robust_masking", "ragged", "optional"},
    "tf113": {"groups", "keepdims", "robust_masking", "ragged", "optional"},
    "tf20": {"groups", "keepdims", "robust_masking", "ragged", "optional"},
    "tf24": {"keepdims", "optional"},
    "mixed": {"keepdims", "optional"},
    "refs3": {"optional"},
    "renamed": set(),
}


def is_model(layer):
    return layer["class_name"] in ("Functional", "Model", "Sequential")


def nested_objects(value, variant):
    """Serialized objects inside a config (initializers, activations) without `module`."""
    if isinstance(value, list):
        return [nested_objects(x, variant) for x in value]
    if not isinstance(value, dict):
        return value
    result = {
        key: nested_objects(x, variant)
        for key, x in value.items() if key not in ("module", "registered_name", "build_config")
    }
    if variant in ("keras20", "keras23") and result.get("class_name") in INITIALIZERS:
        return copy.deepcopy(INITIALIZERS[result["class_name"]])
    return result


def plain_layer(layer, variant):
    config = nested_objects(layer["config"], variant)
    for field in NEWER_FIELDS[variant]:
        config.pop(field, None)
    name = layer["class_name"]
    standalone = variant.startswith("keras")
    if name == "BatchNormalization":
        if standalone and isinstance(config["axis"], list):
            axis = config["axis"][0]
            last = axis == len(layer["build_config"]["input_shape"]) - 1
            config["axis"] = -1 if last else axis
        if variant == "tf113":
            name = "BatchNormalizationV1"
        if variant == "tf20":
            name = "BatchNormalizationV2"
    if name == "Flatten" and variant == "keras20" and config["data_format"] == "channels_last":
        del config["data_format"]
    if name == "InputLayer" and variant == "keras20":
        config["dtype"] = "float32" if layer["config"]["dtype"] == "float32" else "int32"
    if variant == "mixed" and name != "InputLayer":
        config["dtype"] = {"class_name": "Policy", "config": {"name": "mixed_float16"}}
    return {"class_name": name, "config": config}


def sequential(layer, variant):
    layers = layer["config"]["layers"]
    without_input = variant in ("keras20", "keras23", "tf113", "tf20")
    shape = dtype = None
    if without_input and layers[0]["class_name"] == "InputLayer":
        shape = layers[0]["config"]["batch_input_shape"]
        dtype = layers[0]["config"]["dtype"]
        layers = layers[1:]
    converted = [convert(x, variant) for x in layers]
    if shape is not None and not is_model(layers[0]):
        converted[0]["config"]["batch_input_shape"] = shape
        converted[0]["config"]["dtype"] = dtype
    if variant == "keras20":
        return {"class_name": "Sequential", "config": converted}
    return {"class_name": "Sequential", "config": {"name": layer["config"]["name"], "layers": converted}}


def functional(layer, variant):
    config = {"name": layer["config"]["name"], "layers": []}
    for inner in layer["config"]["layers"]:
        converted = convert(inner, variant)
        converted["name"] = inner["name"]
        nodes = copy.deepcopy(inner["inbound_nodes"])
        if variant == "refs3":
            nodes = [[tensor[:3] for tensor in node] for node in nodes]
        converted["inbound_nodes"] = nodes
        config["layers"].append(converted)
    for key in ("input_layers", "output_layers"):
        config[key] = layer["config"][key]
    newer = variant in ("tf24", "mixed")
    return {"class_name": "Functional" if newer else "Model", "config": config}


def convert(layer, variant):
    if layer["class_name"] == "Sequential":
        return sequential(layer, variant)
    if is_model(layer):
        return functional(layer, variant)
    return plain_layer(layer, variant)


def rename(model):
    """Other names for all layers, in a new graph."""
    config = copy.deepcopy(model)
    layers = config["config"]["layers"]
    names = {x["config"]["name"]: f"layer_{i}_of_another_session" for i, x in enumerate(layers)}
    for layer in layers:
        layer["config"]["name"] = names[layer["config"]["name"]]
        if "name" in layer:
            layer["name"] = names[layer["name"]]
        for node in layer.get("inbound_nodes", []):
            for tensor in node:
                tensor[0] = names[tensor[0]]
    for key in ("input_layers", "output_layers"):
        for leaf in config["config"].get(key, []):
            leaf[0] = names[leaf[0]]
    return config


def check(path, variant, text):
    if variant == "mixed":
        # The outputs are those of the same weights in float32.
        text = json.dumps(strip_policies(json.loads(text)))
    keras.backend.clear_session()
    model = keras.models.model_from_json(text)
    if variant == "renamed":
        with open(path + ".json") as file:
            named = keras.models.model_from_json(file.read())
        named.load_weights(path + ".h5")
        model.set_weights(named.get_weights())
    else:
        model.load_weights(path + ".h5")
    with np.load(path + ".npz") as data:
        inputs = [data[f"in{i}"] for i in range(len(model.inputs))]
        for index, found in enumerate(run(model, inputs)):
            assert np.allclose(found, data[f"out{index}"], atol=1e-6), f"{path}.{variant}"


def strip_policies(value):
    if isinstance(value, list):
        return [strip_policies(x) for x in value]
    if isinstance(value, dict):
        if value.get("class_name") == "Policy":
            return "float32"
        return {key: strip_policies(x) for key, x in value.items()}
    return value


def main():
    for variant, names in VARIANTS.items():
        for name in names:
            path = os.path.join(here, name)
            with open(path + ".json") as file:
                model = json.load(file)
            if variant == "renamed":
                result = rename(model)
            else:
                result = convert(model, variant)
                result["keras_version"] = VERSIONS.get(variant, "2.0.9")
                result["backend"] = "tensorflow"
            text = json.dumps(result)
            check(path, variant, text)
            with open(f"{path}.{variant}.json", "w") as file:
                file.write(text)


if __name__ == "__main__":
    main()
