"""Builds EfficientNetV2S as Keras initializes it: a network that amplifies rounding.

Needs `pip install tensorflow-cpu keras`; downloads nothing.

    python chaotic.py OUTPUT_FOLDER
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    keras.utils.set_random_seed(1)
    model = keras.applications.EfficientNetV2S(weights=None)
    model.save(os.path.join(folder, "EfficientNetV2S.keras"))


if __name__ == "__main__":
    main()
