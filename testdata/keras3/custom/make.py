"""Records models with custom layers in every container of Keras 3.

One model gives `<model>.keras`, `.json`, `.weights.h5`, `.whole.h5` and `.npz`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
import keras3 as record
from custom_layers import define

keras, np = record.keras, record.np
folder = os.path.dirname(os.path.abspath(__file__))
custom, models = define(keras, keras.ops.mean, keras.ops.concatenate)
for make in models:
    path = os.path.join(folder, make.__name__)
    rng = record.seeded(path)
    with keras.saving.custom_object_scope(custom):
        model = make()
        record.randomize(model, rng)
        inputs = [
            record.random_input(x, tuple(record.BATCH if n is None else n for n in x.shape), rng, 1.0, None)
            for x in model.inputs
        ]
        record.save(model, path, inputs, parts=True, whole=True)
