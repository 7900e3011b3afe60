"""Records models with custom layers in every container of Keras 2.

One model gives `<model>.json`, `.h5` (legacy weights), `.whole.h5`, `.keras`, `.weights.h5` and `.npz`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
import keras2 as record
from custom_layers import define

tf, keras, np = record.tf, record.keras, record.np
folder = os.path.dirname(os.path.abspath(__file__))
custom, models = define(keras, tf.reduce_mean, tf.concat)
for make in models:
    path = os.path.join(folder, make.__name__)
    rng = record.seeded(path)
    with keras.saving.custom_object_scope(custom):
        model = make()
        record.randomize(model, rng)
        inputs = [record.random_input(x, rng, 1.0, None) for x in model.inputs]
        record.save(model, path, inputs, whole=True)
        model.save(path + ".keras")
        model.save_weights(path + ".weights.h5")
