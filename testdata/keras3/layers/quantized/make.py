"""Records models after `model.quantize("int4")`; see record/keras3.py.

Their kernels are 4-bit integers, two in a byte; Keras computes with the numbers that they stand for.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, keras, np, randomize, save

HERE = os.path.dirname(os.path.abspath(__file__))


def dense():
    x = keras.Input((21,))
    y = L.Dense(25, activation="relu")(x)
    return keras.Model(x, L.Dense(5)(y))


def attention():
    x = keras.Input((6,), dtype="int32")
    y = L.Embedding(50, 16)(x)
    y = L.LayerNormalization()(y + L.MultiHeadAttention(2, 8)(y, y))
    y = L.EinsumDense("abc,cd->abd", output_shape=(None, 12), bias_axes="d")(y)
    return keras.Model(x, L.Dense(3)(y))


def record(name, model, block, inputs, reload=True):
    randomize(model, np.random.default_rng(1))
    model.quantize(config=keras.quantizers.Int4QuantizationConfig(block_size=block))
    save(model, os.path.join(HERE, name), inputs, reload=reload)


rng = np.random.default_rng(2)
numbers = [rng.normal(0, 1, (2, 21)).astype("float32")]
record("int4", dense(), 128, numbers)
record("int4_blocks", dense(), 8, numbers)
record("int4_channels", dense(), -1, numbers)
# Keras cannot read a quantized MultiHeadAttention again.
record("int4_attention", attention(), 8, [rng.integers(0, 50, (2, 6)).astype("int32")], reload=False)
