"""Records what the stock converter makes of recorded Keras models, for one record; see record/litert.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from litert import np, save

import keras as keras3
import tensorflow as tf
import tf_keras as keras2

FOLDER = os.path.dirname(os.path.abspath(__file__))
TESTDATA = os.path.dirname(os.path.dirname(FOLDER))
NAMES = """
keras2/layers/masking_recurrent/backwards keras2/layers/multi_head_attention/axes_1_2 keras2/operators/shape/band_part
keras2/layers/unit_normalization/axis_1 keras2/layers/separable_conv1d/causal keras2/layers/cropping3d/channels_first
keras2/layers/max_pooling1d/plain keras2/layers/conv2d_transpose/channels_first keras2/layers/rnn/gru_cell_before keras2/layers/gru/backwards
keras3/operators/indexing/argsort keras3/operators/nn/activation_functions keras3/layers/attention/mask
keras3/layers/category_encoding/one_hot_appends keras3/layers/rescaling/int_input keras2/models/audio_cnn
keras2/layers/concatenate/eleven_inputs keras2/operators/arithmetic/backend keras2/layers/lstm/two_layers
""".split()


def load(path):
    if os.path.exists(path + ".keras"):
        model = keras3.saving.load_model(path + ".keras", compile=False)
        return model, lambda x: model(tf.nest.pack_sequence_as(model._inputs_struct, x), training=False)
    with open(path + ".json") as file:
        model = keras2.models.model_from_json(file.read())
    model.load_weights(path + ".h5")
    return model, lambda x: model(x if len(x) > 1 else x[0], training=False)


for name in NAMES:
    keras2.backend.clear_session()
    keras3.backend.clear_session()
    path = os.path.join(TESTDATA, name)
    model, call = load(path)
    with np.load(path + ".npz") as data:
        inputs = [data[f"in{i}"][:1] for i in range(len(model.inputs))]
    specs = [tf.TensorSpec(x.shape, x.dtype, name=f"in{i}") for i, x in enumerate(inputs)]
    concrete = tf.function(lambda *x: tf.nest.flatten(call(list(x))), input_signature=specs).get_concrete_function()
    content = tf.lite.TFLiteConverter.from_concrete_functions([concrete], model).convert()
    order = [
        x["name"] for x in tf.lite.Interpreter(model_content=content).get_input_details()
    ]
    numbers = [next(i for i in range(len(inputs)) if f"in{i}" in x) for x in order]
    save(os.path.join(FOLDER, name.replace("/", "_")), content, [inputs[i] for i in numbers])

# As users convert: names of tensors come from the layers alone. One input each.
for name in ["keras3/models/cut_out"]:
    path = os.path.join(TESTDATA, name)
    model, _ = load(path)
    with np.load(path + ".npz") as data:
        inputs = [data["in0"][:1]]
    save(os.path.join(FOLDER, name.replace("/", "_")), tf.lite.TFLiteConverter.from_keras_model(model).convert(), inputs)
