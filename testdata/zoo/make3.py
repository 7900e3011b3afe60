"""Builds classification networks of `keras.applications` (Keras 3) with random weights.

Needs `pip install tensorflow-cpu keras h5py numpy`; downloads nothing.

    python make3.py OUTPUT_FOLDER [NAME ...]

For each network it writes NAME.keras and NAME.h5 (whole model), NAME.json
(architecture), NAME.weights.h5 (weights) and NAME.npz (in0, out0: two images and
their logits). About 5 GB in all.

Weights are random but not degenerate: the statistics of every batch
normalization are measured on random images and then disturbed, so activations
keep their variance down to the logits, and nothing is a 0 or a 1.
"""

import os
import subprocess
import sys
import zlib

# Name: input range. Networks with a preprocessing layer of their own take bytes.
NETWORKS = {
    "MobileNet": (-1, 1),
    "MobileNetV2": (-1, 1),
    "MobileNetV3Small": (0, 255),
    "MobileNetV3Large": (0, 255),
    "EfficientNetB0": (0, 255),
    "EfficientNetV2B0": (0, 255),
    "EfficientNetV2S": (0, 255),
    "ResNet50": (-1, 1),
    "ResNet50V2": (-1, 1),
    "ResNet101": (-1, 1),
    "InceptionV3": (-1, 1),
    "InceptionResNetV2": (-1, 1),
    "Xception": (-1, 1),
    "DenseNet121": (-1, 1),
    "NASNetMobile": (-1, 1),
    "ConvNeXtTiny": (0, 255),
    "VGG16": (-1, 1),
}
MEASURING_BATCH = 8


def images(count, shape, low, high, rng):
    """Random images with coarse structure and fine noise, as float32 in low...high."""
    import numpy as np

    height, width, channels = shape
    coarse = rng.uniform(0, 1, (count, 8, 8, channels))
    rows = np.arange(height) * 8 // height
    columns = np.arange(width) * 8 // width
    fine = rng.normal(0, 0.15, (count, height, width, channels))
    unit = np.clip(coarse[:, rows][:, :, columns] + fine, 0, 1)
    return (low + (high - low) * unit).astype(np.float32)


def randomize(model, rng):
    """Random kernels of variance 2/fan-in, random biases and affine parameters."""
    import numpy as np
    import keras

    for layer in model.layers:
        is_normalization = isinstance(layer, keras.layers.Normalization)
        for variable in layer.weights:
            name = variable.name
            shape = tuple(variable.shape)
            if name == "gamma":
                value = rng.uniform(0.7, 1.4, shape)
            elif name in ("beta", "bias"):
                value = rng.normal(0, 0.1, shape)
            elif is_normalization and name == "mean":
                value = rng.uniform(0.4, 0.5, shape)
            elif is_normalization and name == "variance":
                value = rng.uniform(0.04, 0.08, shape)
            elif name in ("moving_mean", "moving_variance", "count"):
                continue
            else:
                depthwise = isinstance(layer, keras.layers.DepthwiseConv2D) or "depthwise" in name
                receptive = shape[:-2] if depthwise else shape[:-1]
                gain = 1.0 if len(shape) == 2 else 2.0
                value = rng.normal(0, np.sqrt(gain / max(1, np.prod(receptive))), shape)
            variable.assign(value.astype(np.float32))
        if is_normalization:
            layer.finalize_state()


def measure_statistics(model, batch, rng):
    """Sets moving means and variances near those of `batch`, off by random factors."""
    import numpy as np
    import keras

    norms = [x for x in model.layers if isinstance(x, keras.layers.BatchNormalization)]
    momenta = [x.momentum for x in norms]
    for layer in norms:
        layer.momentum = 0.0
    model(batch, training=True)
    for layer, momentum in zip(norms, momenta):
        layer.momentum = momentum
        shape = tuple(layer.moving_mean.shape)
        variance = np.maximum(np.asarray(layer.moving_variance), 1e-2)
        shift = rng.normal(0, 0.1, shape) * np.sqrt(variance)
        layer.moving_mean.assign((np.asarray(layer.moving_mean) + shift).astype(np.float32))
        factor = rng.uniform(0.8, 1.25, shape)
        layer.moving_variance.assign((variance * factor).astype(np.float32))


def make(name, folder):
    import numpy as np
    import keras

    seed = zlib.crc32(name.encode())
    rng = np.random.default_rng(seed)
    keras.utils.set_random_seed(seed)
    build = getattr(keras.applications, name)
    model = build(weights=None, classifier_activation=None)
    if None in model.input_shape[1:]:
        model = build(weights=None, classifier_activation=None, input_shape=(224, 224, 3))
    randomize(model, rng)
    low, high = NETWORKS[name]
    shape = model.input_shape[1:]
    if any(isinstance(x, keras.layers.BatchNormalization) for x in model.layers):
        measure_statistics(model, images(MEASURING_BATCH, shape, low, high, rng), rng)
    inputs = images(2, shape, low, high, rng)
    outputs = np.concatenate([np.asarray(model(x[None], training=False)) for x in inputs])
    difference = np.abs(outputs[0] - outputs[1]).mean()
    print(f"{name}: {model.count_params()} parameters, outputs std {outputs.std():.3f}, "
          f"difference between images {difference:.3f}", flush=True)
    assert np.all(np.isfinite(outputs))
    assert 0.05 < outputs.std() < 1000 and difference > 0.01 * outputs.std()
    path = os.path.join(folder, name)
    with open(path + ".json", "w") as file:
        file.write(model.to_json())
    model.save_weights(path + ".weights.h5")
    model.save(path + ".keras")
    model.save(path + ".h5")
    np.savez(path + ".npz", in0=inputs, out0=outputs)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, names = sys.argv[1], sys.argv[2:] or list(NETWORKS)
    os.makedirs(folder, exist_ok=True)
    if len(names) == 1:
        make(names[0], folder)
        return
    failed = [
        name for name in names
        if subprocess.run([sys.executable, __file__, folder, name]).returncode
    ]
    if failed:
        sys.exit("failed: " + " ".join(failed))


if __name__ == "__main__":
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    main()
