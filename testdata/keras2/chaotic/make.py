"""Records recurrent models whose weights make them chaotic: rounding grows from step to step;
and `flat`, a classifier whose scores hardly vary, so that rounding is a large part of their spread.

Needs `pip install tensorflow-cpu tf_keras h5py numpy`. Each model is a whole file,
NAME.h5, without recorded values: those of another machine would differ.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../record"))
import numpy as np
from keras2 import L, keras

MODELS = {
    "bidirectional": lambda: [
        L.Bidirectional(L.LSTM(16, return_sequences=True)),
        L.TimeDistributed(L.Dense(5, activation="softmax")),
    ],
    "summed": lambda: [L.Bidirectional(L.GRU(16, return_sequences=True), merge_mode="sum"), L.Dense(3)],
    "lstm_last": lambda: [L.LSTM(16), L.Dense(3)],
    "gru_last": lambda: [L.GRU(16), L.Dense(3)],
}


def main():
    for number, (name, layers) in enumerate(MODELS.items()):
        keras.utils.set_random_seed(number + 1)
        model = keras.Sequential([L.Input((60, 4))] + layers(), name=name)
        rng = np.random.default_rng(number)
        layer = model.layers[0]
        layer.set_weights(
            [
                (w + 3.0 * rng.standard_normal(w.shape)).astype("float32")
                if w.ndim == 2 and w.shape[0] > 2 else w
                for w in layer.get_weights()
            ]
        )
        model.save(os.path.join(HERE, name + ".h5"), include_optimizer=False)
    flat().save(os.path.join(HERE, "flat.h5"), include_optimizer=False)


def flat():
    keras.utils.set_random_seed(7)
    x = y = L.Input((8, 8, 3))
    for filters in (6, 8):
        y = L.BatchNormalization()(L.SeparableConv2D(filters, 3, padding="same", use_bias=False)(y))
        y = L.MaxPooling2D()(L.Activation("swish")(y))
    y = L.Reshape((4, 8))(y)
    y = L.LayerNormalization()(L.MultiHeadAttention(2, 4)(y, y))
    y = L.GlobalAveragePooling1D()(y)
    kind = L.Dense(5, activation="softmax", name="kind")
    model = keras.Model(x, [kind(y), L.Dense(2, name="box")(y)])
    kind.set_weights([1e-3 * w for w in kind.get_weights()])
    return model


if __name__ == "__main__":
    main()
