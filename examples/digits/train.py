"""Trains the digit classifier of this folder; see README.md.

Needs `pip install tensorflow-cpu tf_keras h5py numpy scikit-learn pillow`. Uses
the 1797 images of 8x8 pixels bundled with scikit-learn and downloads nothing.
Writes digits.json, digits.h5, test.npz and the images of samples/.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tf_keras as keras
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

L = keras.layers
here = os.path.dirname(os.path.abspath(__file__))


def block(x, filters, name, strides=1):
    """Separable convolution, batch normalization, ReLU."""
    x = L.SeparableConv2D(
        filters, 3, strides=strides, padding="same", use_bias=False, name=f"{name}_conv"
    )(x)
    x = L.BatchNormalization(momentum=0.9, name=f"{name}_norm")(x)
    return L.ReLU(name=f"{name}_relu")(x)


def build():
    image = keras.Input((8, 8, 1), name="image")
    x = L.Rescaling(1 / 8, offset=-1.0, name="rescale")(image)
    x = L.ZeroPadding2D(1, name="stem_pad")(x)
    x = L.Conv2D(16, 3, use_bias=False, name="stem_conv")(x)
    x = L.BatchNormalization(momentum=0.9, name="stem_norm")(x)
    x = L.ReLU(name="stem_relu")(x)
    x = block(x, 32, "block1")
    x = shortcut = block(x, 48, "block2", strides=2)
    x = block(x, 48, "block3")
    x = L.Add(name="residual")([x, shortcut])
    x = L.SpatialDropout2D(0.1, name="drop_maps")(x)
    x = L.GlobalAveragePooling2D(name="pool")(x)
    x = L.Dropout(0.2, name="drop")(x)
    digit = L.Dense(10, activation="softmax", name="digit")(x)
    return keras.Model(image, digit, name="digits")


def main():
    keras.utils.set_random_seed(7)
    digits = load_digits()
    images = digits.images[..., None].astype(np.float32)
    labels = digits.target.astype(np.int32)
    train_x, test_x, train_y, test_y = train_test_split(
        images, labels, test_size=360, stratify=labels, random_state=7
    )
    model = build()
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(4e-3, 60 * 45)),
        "sparse_categorical_crossentropy",
        ["accuracy"],
    )
    model.fit(train_x, train_y, batch_size=32, epochs=60, verbose=0)
    outputs = model.predict(test_x, verbose=0)
    accuracy = np.mean(outputs.argmax(1) == test_y)
    print(f"{model.count_params()} parameters, test accuracy {accuracy:.4f}")
    assert accuracy >= 0.97

    with open(os.path.join(here, "digits.json"), "w") as file:
        file.write(model.to_json())
    model.save_weights(os.path.join(here, "digits.h5"))
    np.savez(os.path.join(here, "test.npz"), in0=test_x, out0=outputs, labels=test_y)
    folder = os.path.join(here, "samples")
    os.makedirs(folder, exist_ok=True)
    for digit in range(10):
        index = int(np.flatnonzero(test_y == digit)[0])
        pixels = np.round(test_x[index, :, :, 0] * 255 / 16).astype(np.uint8)
        Image.fromarray(pixels).save(os.path.join(folder, f"digit_{digit}.png"))


if __name__ == "__main__":
    main()
