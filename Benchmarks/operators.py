"""Measures the bundled interpreter against LiteRT with XNNPACK, operator by operator.

    python operators.py --kconvert PATH [--stock] [--rounds 3] [--over RATIO] [NAME ...]

Needs `pip install -r Tests/requirements.txt`. Makes models of one Keras layer or one
TensorFlow function each, with random weights, and converts them with kconvert, or with
`tf.lite.TFLiteConverter` where `--stock` is given. Both run the same file on zeros, in
alternating blocks as in interpreter.py. Prints the slowest ones first, by the ratio of
the times (below 1: kconvert is faster), and the geometric mean; with `--over` only those
above a ratio. Names select the models that begin so.
"""

import argparse
import contextlib
import io
import math
import os
import statistics
import subprocess
import sys
import tempfile

import interpreter

IMAGE = (56, 56, 64)
SEQUENCE = (50, 64)
SIGNAL = (1000, 64)
VOLUME = (16, 28, 28, 16)
TOKENS = (128, 256)


def activations(keras):
    names = "elu exponential gelu hard_sigmoid mish relu relu6 selu sigmoid softplus softsign"
    for name in (names + " swish tanh").split():
        yield "activation_" + name, [IMAGE], keras.layers.Activation(name)
    yield "leaky_relu", [IMAGE], keras.layers.LeakyReLU()
    yield "prelu", [IMAGE], keras.layers.PReLU(shared_axes=[1, 2])
    yield "softmax", [IMAGE], keras.layers.Softmax()
    yield "thresholded_relu", [IMAGE], keras.layers.ThresholdedReLU()


def convolutions(keras):
    make = keras.layers
    same = {"padding": "same"}
    yield "conv1d", [SIGNAL], make.Conv1D(64, 5, **same)
    yield "conv1d_causal", [SIGNAL], make.Conv1D(64, 3, padding="causal", dilation_rate=4)
    yield "conv1d_transpose", [SIGNAL], make.Conv1DTranspose(32, 4, strides=2, **same)
    yield "conv2d_1x1", [IMAGE], make.Conv2D(128, 1)
    yield "conv2d_3x3", [IMAGE], make.Conv2D(64, 3, **same)
    yield "conv2d_5x5_stride2", [IMAGE], make.Conv2D(64, 5, strides=2, **same)
    yield "conv2d_7x7_rgb", [(224, 224, 3)], make.Conv2D(64, 7, strides=2, **same)
    yield "conv2d_dilated", [IMAGE], make.Conv2D(64, 3, dilation_rate=2, **same)
    yield "conv2d_groups", [IMAGE], make.Conv2D(64, 3, groups=4, **same)
    yield "conv2d_transpose", [(28, 28, 64)], make.Conv2DTranspose(32, 3, strides=2, **same)
    yield "conv3d", [VOLUME], make.Conv3D(32, 3, **same)
    yield "conv3d_transpose", [(8, 14, 14, 16)], make.Conv3DTranspose(16, 3, strides=2, **same)
    yield "dense", [(4096,)], make.Dense(1024)
    yield "dense_tokens", [TOKENS], make.Dense(512)
    yield "depthwise_3x3", [IMAGE], make.DepthwiseConv2D(3, **same)
    yield "depthwise_5x5_stride2", [IMAGE], make.DepthwiseConv2D(5, strides=2, **same)
    yield "depthwise_7x7", [IMAGE], make.DepthwiseConv2D(7, **same)
    yield "depthwise_dilated", [IMAGE], make.DepthwiseConv2D(3, dilation_rate=2, **same)
    yield "depthwise_multiplier", [IMAGE], make.DepthwiseConv2D(3, depth_multiplier=2, **same)
    yield "separable", [IMAGE], make.SeparableConv2D(64, 3, **same)


def windows(keras):
    make = keras.layers
    yield "average_pool", [IMAGE], make.AveragePooling2D(2)
    yield "average_pool_3x3", [IMAGE], make.AveragePooling2D(3, strides=1, padding="same")
    yield "global_average_pool", [IMAGE], make.GlobalAveragePooling2D()
    yield "global_max_pool", [IMAGE], make.GlobalMaxPooling2D()
    yield "max_pool", [IMAGE], make.MaxPooling2D(2)
    yield "max_pool_3x3", [IMAGE], make.MaxPooling2D(3, strides=2, padding="same")
    yield "cropping", [IMAGE], make.Cropping2D(3)
    yield "resizing", [IMAGE], make.Resizing(100, 80)
    yield "up_sampling", [IMAGE], make.UpSampling2D(2)
    yield "up_sampling_1d", [SIGNAL], make.UpSampling1D(3)
    yield "up_sampling_bilinear", [IMAGE], make.UpSampling2D(2, interpolation="bilinear")
    yield "zero_padding", [IMAGE], make.ZeroPadding2D(3)
    yield "batch_normalization", [IMAGE], make.BatchNormalization()
    yield "group_normalization", [IMAGE], make.GroupNormalization(8)
    yield "layer_normalization", [TOKENS], make.LayerNormalization()
    yield "permute", [IMAGE], make.Permute((3, 1, 2))
    yield "permute_square", [(512, 512)], make.Permute((2, 1))
    yield "repeat_vector", [(512,)], make.RepeatVector(100)
    yield "embedding", [(100,)], make.Embedding(5000, 128)


def recurrences(keras):
    make = keras.layers
    for kind in (make.LSTM, make.GRU, make.SimpleRNN):
        name = kind.__name__.lower()
        yield name, [SEQUENCE], kind(128)
        yield name + "_sequences", [SEQUENCE], kind(128, return_sequences=True)
        yield name + "_backwards", [SEQUENCE], kind(128, go_backwards=True)
        yield name + "_bidirectional", [SEQUENCE], make.Bidirectional(
            kind(64, return_sequences=True))
        yield name + "_masked", [SEQUENCE], keras.Sequential([make.Masking(), kind(128)])
    yield "lstm_relu_512", [(400, 64)], make.LSTM(512, activation="relu", return_sequences=True)
    yield "conv_lstm", [(6, 20, 20, 8)], make.ConvLSTM2D(16, 3, padding="same")
    yield "stacked_cells", [SEQUENCE], make.RNN([make.LSTMCell(64), make.GRUCell(64)])
    yield "attention", [(128, 64)] * 2, lambda x, y: make.Attention()([x, y])
    yield "multi_head_attention", [TOKENS], lambda x: make.MultiHeadAttention(4, 64)(x, x)


def functions(tf):
    for name in "abs ceil cos exp floor log negative round rsqrt sign sin sqrt square".split():
        function = getattr(tf.math, name)
        yield name, [IMAGE], lambda x, f=function: f(tf.abs(x) + 0.5)
    names = "add divide floordiv floormod greater_equal less maximum multiply pow"
    for name in (names + " squared_difference").split():
        function = getattr(tf.math, name)
        yield name, [IMAGE] * 2, lambda x, y, f=function: tf.cast(
            f(tf.abs(x) + 0.5, tf.abs(y) + 0.5), tf.float32)
    for axes in ([1], [2], [3], [1, 2], [1, 2, 3]):
        for name in ("sum", "max", "prod"):
            function = getattr(tf, "reduce_" + name)
            yield f"reduce_{name}_{''.join(map(str, axes))}", [IMAGE], (
                lambda x, f=function, a=axes: f(x, axis=a))
    yield "any", [IMAGE], lambda x: tf.cast(tf.reduce_any(x > 0, axis=3), tf.float32)
    yield "argmax", [IMAGE], lambda x: tf.cast(tf.argmax(x, -1), tf.float32)
    yield "add_channels", [IMAGE, (1, 1, 64)], lambda x, y: x + y
    yield "cast", [IMAGE], lambda x: tf.cast(tf.cast(x, tf.int32), tf.float32)
    yield "clip", [IMAGE], lambda x: tf.clip_by_value(x, -0.3, 0.4)
    yield "concatenate", [IMAGE] * 2, lambda x, y: tf.concat([x, y], -1)
    yield "concatenate_rows", [IMAGE] * 2, lambda x, y: tf.concat([x, y], 1)
    yield "cumulative_sum", [IMAGE], lambda x: tf.cumsum(x, axis=1)
    yield "depth_to_space", [IMAGE], lambda x: tf.nn.depth_to_space(x, 2)
    yield "erf", [IMAGE], tf.math.erf
    yield "gather", [SIGNAL], lambda x: tf.gather(x, list(range(0, 1000, 3)), axis=1)
    yield "log_softmax", [IMAGE], tf.nn.log_softmax
    yield "matmul", [(8, 128, 128)] * 2, tf.matmul
    yield "mirror_pad", [IMAGE], lambda x: tf.pad(
        x, [[0, 0], [3, 3], [3, 3], [0, 0]], mode="REFLECT")
    yield "one_hot", [(1000,)], lambda x: tf.one_hot(tf.cast(x, tf.int32), 64)
    yield "response_normalization", [IMAGE], tf.nn.local_response_normalization
    yield "reverse", [IMAGE], lambda x: tf.reverse(x, [1])
    yield "select", [IMAGE] * 2, lambda x, y: tf.where(x > y, x, y)
    yield "shuffle", [IMAGE], lambda x: tf.reshape(
        tf.transpose(tf.reshape(x, [-1, 56, 56, 4, 16]), [0, 1, 2, 4, 3]), [-1, 56, 56, 64])
    yield "slice", [IMAGE], lambda x: x[:, 3:50:2, ::2, 5:]
    yield "space_to_depth", [IMAGE], lambda x: tf.nn.space_to_depth(x, 2)
    yield "split", [IMAGE], lambda x: tf.split(x, 4, axis=-1)[1] * 2.0
    yield "stack", [(100, 64)] * 2, lambda x, y: tf.stack([x, y], axis=2)
    yield "tile", [(100, 64)], lambda x: tf.tile(x, [1, 10, 4])
    yield "top_k", [(1000, 100)], lambda x: tf.math.top_k(x, 5)[0]
    yield "transpose", [IMAGE], lambda x: tf.transpose(x, [0, 2, 3, 1])


def cases(keras, tf):
    for make in (activations, convolutions, windows, recurrences):
        yield from make(keras)
    yield from functions(tf)


def model(keras, shapes, layer):
    keras.utils.set_random_seed(1)
    inputs = [keras.layers.Input(shape, batch_size=1) for shape in shapes]
    return keras.Model(inputs, layer(*inputs))


def convert(keras, tf, made, path, options):
    if not options.stock:
        source = path + ".h5"
        made.save(source)
        command = [options.kconvert, source, "-o", path, "--verify", "off", "--quiet"]
        return subprocess.run(command, capture_output=True).returncode == 0
    function = tf.function(lambda *x: made(list(x) if len(x) > 1 else x[0]))
    specification = [tf.TensorSpec(x.shape, x.dtype) for x in made.inputs]
    concrete = function.get_concrete_function(*specification)
    try:
        converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete], made)
        written = converter.convert()
    except Exception:  # the converter's own refusals have no common type
        return False
    with open(path, "wb") as file:
        file.write(written)
    return True


def measure(path, options):
    guess = interpreter.litert(path, 3, 1)["median"]
    runs = max(5, min(200, int(0.05 / guess)))
    ours, theirs = [], []
    for _ in range(options.rounds):
        theirs.append(interpreter.litert(path, runs, 1)["median"])
        ours.append(interpreter.kconvert(options.kconvert, path, runs, 1)["median"])
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    return statistics.median(ours), statistics.median(theirs), ratio


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kconvert", required=True, help="the binary to measure")
    parser.add_argument("--stock", action="store_true", help="files of TensorFlow's converter")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--over", type=float, default=0, help="print only ratios above this")
    parser.add_argument("names", nargs="*", help="only models that begin so")
    options = parser.parse_args()
    import tensorflow as tf
    import tf_keras as keras

    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, shapes, layer in cases(keras, tf):
            if options.names and not name.startswith(tuple(options.names)):
                continue
            path = os.path.join(folder, name + ".tflite")
            with contextlib.redirect_stdout(io.StringIO()):
                done = convert(keras, tf, model(keras, shapes, layer), path, options)
            if done:
                results.append((name, *measure(path, options)))
            else:
                print(f"{name}: not converted", file=sys.stderr)
    results.sort(key=lambda row: -row[3])
    print("| model | kconvert µs | LiteRT µs | ratio |\n|---|--:|--:|--:|")
    for name, ours, theirs, ratio in results:
        if ratio > options.over:
            print(f"| {name} | {1e6 * ours:.0f} | {1e6 * theirs:.0f} | {ratio:.2f} |")
    if results:
        mean = math.exp(statistics.mean(math.log(row[3]) for row in results))
        print(f"\ngeometric mean of {len(results)} ratios: {mean:.2f}")


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    main()
