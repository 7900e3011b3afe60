"""Converts a Keras 2 model with TensorFlow's own converter, for comparison.

Needs `pip install tensorflow-cpu tf_keras`.

    python stock_convert.py MODEL.h5 OUT.tflite
    python stock_convert.py MODEL.json WEIGHTS.h5 OUT.tflite

The batch is fixed to 1. The script is meant to be timed from outside, as a whole
process: importing TensorFlow is part of what a user waits for.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ["TF_USE_LEGACY_KERAS"] = "1"


def load(paths):
    import tf_keras as keras

    if len(paths) == 1:
        return keras.models.load_model(paths[0], compile=False)
    with open(paths[0]) as file:
        model = keras.models.model_from_json(file.read())
    model.load_weights(paths[1])
    return model


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    import tensorflow as tf

    model = load(sys.argv[1:-1])
    specs = [tf.TensorSpec([1, *x.shape[1:]], x.dtype, name=x.name) for x in model.inputs]

    @tf.function
    def call(*inputs):
        return model(inputs[0] if len(inputs) == 1 else list(inputs), training=False)

    function = call.get_concrete_function(*specs)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function], model)
    with open(sys.argv[-1], "wb") as file:
        file.write(converter.convert())


if __name__ == "__main__":
    main()
