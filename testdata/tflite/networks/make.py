"""Records what the stock converter makes of recorded Keras models, for one record; see ../record.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import np, save

import keras as keras3
import tensorflow as tf
import tf_keras as keras2

FOLDER = os.path.dirname(os.path.abspath(__file__))
TESTDATA = os.path.dirname(os.path.dirname(FOLDER))
NAMES = """
layers/masking_recurrent/backwards layers/multi_head_attention/axes_1_2 operators/shape/band_part
layers/unit_normalization/axis_1 layers/separable_conv1d/causal layers/cropping3d/channels_first
layers/max_pooling1d/plain layers/conv2d_transpose/channels_first layers/rnn/gru_cell_before layers/gru/backwards
operators3/indexing/argsort operators3/nn/activation_functions layers3/attention/mask
layers3/category_encoding/one_hot_appends layers3/rescaling/int_input models/audio_cnn
layers/concatenate/eleven_inputs operators/arithmetic/backend layers/lstm/two_layers
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
for name in ["layers3/models/cut_out"]:
    path = os.path.join(TESTDATA, name)
    model, _ = load(path)
    with np.load(path + ".npz") as data:
        inputs = [data["in0"][:1]]
    save(os.path.join(FOLDER, name.replace("/", "_")), tf.lite.TFLiteConverter.from_keras_model(model).convert(), inputs)
