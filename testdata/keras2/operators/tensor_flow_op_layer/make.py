"""Derives fixtures in the spelling of TF 2.0 to 2.3, where operators are TensorFlowOpLayers.

Each function is recorded between two layers, then its part of the JSON is replaced by
the node definitions of the same function traced in a TF 1 graph. Needs what
record/keras2.py needs.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
import numpy as np
from google.protobuf import json_format
from keras2 import L, keras, random_input, randomize, run, seeded, tf
from tf_keras.src.engine.base_layer import TensorFlowOpLayer

folder = os.path.dirname(os.path.abspath(__file__))


def op_layers(function, shape, entrance):
    """The operators of `function` as layer objects, and the reference of its result."""
    with tf.Graph().as_default():
        source = tf.compat.v1.placeholder(tf.float32, (None,) + shape, entrance)
        result = function(source)
        operations = tf.compat.v1.get_default_graph().get_operations()
    names = {source.op.name: entrance}
    constants = {}
    layers = []
    for operation in operations:
        definition = operation.node_def
        if operation.type == "Placeholder":
            continue
        if operation.type == "Const":
            constants[operation.name] = tf.make_ndarray(definition.attr["value"].tensor)
            continue
        name = definition.name.replace("/", "_")
        node, held = [], {}
        for position, tensor in enumerate(operation.inputs):
            if tensor.op.name in constants:
                held[str(position)] = constants[tensor.op.name].tolist()
            else:
                node.append([names[tensor.op.name], 0, tensor.value_index, {}])
        names[operation.name] = "tf_op_layer_" + name
        layers.append(
            {
                "class_name": "TensorFlowOpLayer",
                "config": {
                    "name": name,
                    "trainable": True,
                    "dtype": "float32",
                    "node_def": json_format.MessageToDict(definition),
                    "constants": held,
                },
                "name": "tf_op_layer_" + name,
                "inbound_nodes": [node],
            }
        )
    return layers, [names[result.op.name], 0, result.value_index, {}]


def older(layer):
    """The fields of a layer object that TF 2.3 writes."""
    config = {k: v for k, v in layer["config"].items() if not k.endswith(("_initializer", "_regularizer", "_constraint"))}
    return {
        "class_name": layer["class_name"],
        "config": config,
        "name": layer["name"],
        "inbound_nodes": layer["inbound_nodes"],
    }


def case(name, function, shape, entrance, exit):
    path = os.path.join(folder, name)
    rng = seeded(path)
    x = keras.Input(shape, name="x0")
    first = entrance()
    middle = first(x)
    model = keras.Model(x, exit()(function(middle)), name="model")
    randomize(model, rng)
    inputs = [random_input(model.inputs[0], rng, 1.0, None)]
    outputs = run(model, inputs)

    architecture = json.loads(model.to_json())
    config = architecture["config"]
    kept = [older(z) for z in config["layers"] if z["class_name"] not in ("TFOpLambda", "SlicingOpLambda")]
    added, result = op_layers(function, tuple(middle.shape[1:]), first.name)
    kept[-1]["inbound_nodes"] = [[result]]
    config["layers"] = kept[:-1] + added + kept[-1:]
    text = json.dumps(
        {"class_name": "Functional", "config": config, "keras_version": "2.4.0", "backend": "tensorflow"}
    )
    again = keras.models.model_from_json(text, custom_objects={"TensorFlowOpLayer": TensorFlowOpLayer})
    again.set_weights(model.get_weights())
    for expected, found in zip(outputs, run(again, inputs)):
        assert np.allclose(expected, found, atol=1e-6), name
    with open(path + ".json", "w") as file:
        file.write(text)
    again.save_weights(path + ".h5")
    np.savez(path + ".npz", in0=inputs[0], out0=outputs[0])
    print(f"tensor_flow_op_layer/{name}", file=sys.stderr)


def attention(x):
    weights = tf.nn.softmax(tf.matmul(x, x, transpose_b=True) / 2.0)
    return tf.matmul(weights, x)


def dense(units, name):
    return lambda: L.Dense(units, name=name)


def convolution():
    return L.Conv2D(4, 3, name="first")


pair = dict(entrance=dense(4, "first"), exit=dense(3, "last"))
image = dict(entrance=convolution, exit=dense(3, "last"))
case("arithmetic", lambda x: (2.0 - x * 3.0) / (tf.abs(x) + 0.5), (3, 5), **pair)
case("slicing", lambda x: x[:, 1:, ::2] - x[:, :-1, 1:3], (4, 5), **pair)
case("h_swish", lambda x: x * tf.nn.relu6(x + 3.0) * (1.0 / 6.0), (6, 6, 2), **image)
case(
    "reductions",
    lambda x: tf.concat([tf.reduce_mean(x, [1, 2]), tf.reduce_max(x, [1, 2])], -1),
    (6, 6, 2),
    **image,
)
case(
    "reshape_transpose",
    lambda x: tf.transpose(tf.reshape(x, [-1, 3, 2, 2]), [0, 2, 1, 3]),
    (3, 5),
    **pair,
)
case("attention", attention, (3, 5), **pair)
case(
    "squeeze_and_split",
    lambda x: tf.add_n(tf.split(tf.squeeze(tf.expand_dims(x, 1), [1]), 2, axis=-1)),
    (3, 5),
    **pair,
)
