"""Builds networks over sequences with random weights, to measure how fast they run.

Needs `pip install tensorflow-cpu tf_keras h5py numpy`; downloads nothing.

    python sequences.py OUTPUT_FOLDER

Writes NAME.json (architecture), NAME.h5 (weights) and NAME.npz (in0, out0: two records):

    LSTM                 an LSTM of 512 units over 400 steps of 64 numbers, and a dense layer
    GRU                  a GRU of 256 units over 100 steps of 64 numbers, and a dense layer
    LSTMReLU             an LSTM of 128 units with ReLU over 100 steps of 64 numbers, and a dense layer
    BidirectionalLSTM    two layers of 64 units in each direction over 100 steps of 64 numbers, and a dense layer
    TransformerEncoder   four encoder blocks of width 256 with 4 heads over 128 positions
    TransformerEncoder6  six such blocks
"""

import os
import sys


def lstm(keras):
    layers = keras.layers
    return keras.Sequential([layers.Input((400, 64)), layers.LSTM(512), layers.Dense(16)])


def gru(keras):
    layers = keras.layers
    return keras.Sequential([layers.Input((100, 64)), layers.GRU(256), layers.Dense(16)])


def relu_lstm(keras):
    layers = keras.layers
    return keras.Sequential([layers.Input((100, 64)), layers.LSTM(128, activation="relu"), layers.Dense(16)])


def bidirectional_lstm(keras):
    layers = keras.layers
    return keras.Sequential([
        layers.Input((100, 64)),
        layers.Bidirectional(layers.LSTM(64, return_sequences=True)),
        layers.Bidirectional(layers.LSTM(64)),
        layers.Dense(16),
    ])


def encoder(keras, blocks=4):
    layers = keras.layers
    inputs = x = layers.Input((128, 256))
    for _ in range(blocks):
        attended = layers.MultiHeadAttention(num_heads=4, key_dim=64)(x, x)
        x = layers.LayerNormalization()(layers.Add()([x, attended]))
        hidden = layers.Dense(256)(layers.Dense(1024, activation="gelu")(x))
        x = layers.LayerNormalization()(layers.Add()([x, hidden]))
    outputs = layers.Dense(16)(layers.GlobalAveragePooling1D()(x))
    return keras.Model(inputs, outputs)


NETWORKS = {
    "LSTM": lstm,
    "GRU": gru,
    "LSTMReLU": relu_lstm,
    "BidirectionalLSTM": bidirectional_lstm,
    "TransformerEncoder": encoder,
    "TransformerEncoder6": lambda keras: encoder(keras, 6),
}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    import numpy as np
    import tf_keras as keras

    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name, build in NETWORKS.items():
        keras.utils.set_random_seed(1)
        model = build(keras)
        rng = np.random.default_rng(1)
        for variable in model.weights:
            if variable.shape.rank == 1:
                variable.assign_add(rng.normal(0, 0.05, variable.shape).astype(np.float32))
        inputs = rng.normal(0, 1, (2, *model.input_shape[1:])).astype(np.float32)
        outputs = np.concatenate([model(x[None], training=False).numpy() for x in inputs])
        path = os.path.join(folder, name)
        with open(path + ".json", "w") as file:
            file.write(model.to_json())
        model.save_weights(path + ".h5")
        np.savez(path + ".npz", in0=inputs, out0=outputs)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    main()
