"""Records what the stock converter makes of TensorFlow functions; see ../record.py."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from record import Interpreter, generator, np, save

import tensorflow as tf

FOLDER = os.path.dirname(os.path.abspath(__file__))


def case(name, function, *inputs, optimize=None, owner=None):
    rng = generator(name)
    arrays = [
        rng.integers(0, 2, x[1:]).astype(x[0]) if x[0] != "float32" else rng.normal(0, 1, x[1:]).astype(x[0])
        for x in inputs
    ]
    specs = [tf.TensorSpec(x.shape, x.dtype) for x in arrays]
    concrete = tf.function(function, input_signature=specs).get_concrete_function()
    converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete], owner)
    if optimize:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [optimize]
    converter.experimental_enable_resource_variables = True
    save(os.path.join(FOLDER, name), converter.convert(), arrays)


matrix = tf.constant(generator("matrix").normal(0, 1, (40, 40)).astype(np.float32))
case("branch", lambda p, x: tf.cond(p, lambda: tf.sin(x) @ matrix, lambda: x * 2 - 1), ("bool",), ("float32", 3, 40))
case(
    "loop", lambda x: tf.while_loop(lambda i, y: i < 5, lambda i, y: (i + 1, tf.tanh(y @ matrix)), (0, x))[1],
    ("float32", 2, 40))
case("spectrum", lambda x: tf.abs(tf.signal.rfft(x)), ("float32", 3, 16))
case(
    "spectrum_parts", lambda x: (tf.math.real(tf.signal.rfft2d(x)), tf.math.imag(tf.signal.rfft2d(x))),
    ("float32", 2, 4, 8))
case("half_weights", lambda x: tf.nn.relu(x @ matrix) @ matrix, ("float32", 2, 40), optimize=tf.float16)
case("where", lambda x: tf.gather_nd(x, tf.where(tf.constant([[True, False, True], [False, True, True]]))), ("float32", 2, 3, 2))
case("unique", lambda x: tf.gather(x, tf.unique(tf.constant([3, 1, 3, 0]))[0]), ("float32", 4, 2))
case("einsum", lambda x, y: tf.einsum("abc,dcb->adb", x, y), ("float32", 2, 3, 4), ("float32", 5, 4, 3))
case("scatter", lambda x: tf.tensor_scatter_nd_update(x, [[1], [3]], x[:2] * 3), ("float32", 5, 3))
case("select", lambda p, x, y: tf.where(p, x, y), ("bool", 3, 1), ("float32", 3, 4), ("float32", 4))

case(
    "activations", lambda x: [
        tf.nn.elu(x), tf.nn.relu6(x), tf.clip_by_value(x, -1, 1), x * tf.nn.relu6(x + 3) / 6, tf.nn.log_softmax(x),
        tf.nn.leaky_relu(x, 0.3), tf.nn.softsign(x), tf.nn.gelu(x), tf.pow(tf.abs(x), 1.5), tf.sqrt(tf.abs(x)),
        tf.exp(x), tf.math.log(tf.abs(x)), tf.math.rsqrt(tf.abs(x) + 1), tf.cos(x), tf.round(x * 3), tf.math.ceil(x * 2)],
    ("float32", 3, 5))
case(
    "logic", lambda x, y, p: [
        tf.reduce_all(x > y, 1), tf.reduce_any(x <= y, 0), (x < 0) | p, (x >= y) & ~p, tf.equal(x > 0, p),
        tf.cast(tf.cast(x * 3, tf.int32) == tf.cast(y * 2, tf.int32), tf.float32),
        tf.cast(tf.cast(x * 3, tf.int64), tf.int32), tf.cast(p, tf.int64), tf.cast(x, tf.float64)],
    ("float32", 3, 5), ("float32", 3, 5), ("bool", 3, 5))
case(
    "shapes", lambda x: [
        tf.tile(x, [2, 1, 3]), tf.broadcast_to(x[:, :1], [4, 2, 3, 4]), tf.pad(x, [[1, 2], [0, 0], [3, 1]]),
        tf.pad(x, [[1, 0]] * 3, constant_values=1.5), tf.stack(tf.unstack(x, axis=1), axis=2),
        tf.concat(tf.split(x, [1, 3], 2)[::-1], 2), tf.one_hot(tf.cast(x > 0, tf.int32), 3), x[:, ::-2, tf.newaxis, 1:3],
        tf.range(6.0) * tf.reduce_sum(x), tf.linalg.diag(x)],
    ("float32", 2, 3, 4))


class Counter(tf.Module):
    """Adds up what it has seen."""

    def __init__(self):
        self.total = tf.Variable(tf.fill((2, 3), 0.5), trainable=False)

    def add(self, x):
        self.total.assign_add(x)
        return self.total * 2


counter = Counter()
case("variable", counter.add, ("float32", 2, 3), owner=counter)


class Coder(tf.Module):
    """Two entry points with inputs and outputs that only names tell apart."""

    @tf.function(input_signature=[tf.TensorSpec([None, 40], tf.float32, name="x")])
    def encode(self, x):
        return {"code": x @ matrix}

    @tf.function(input_signature=[
        tf.TensorSpec([None, 40], tf.float32, name="code"), tf.TensorSpec([None, 1], tf.int32, name="gain")])
    def decode(self, code, gain):
        return {"y": (code @ tf.transpose(matrix)) * tf.cast(gain, tf.float32), "next": gain + 1}


def signatures(name):
    """Records both entry points; arrays beyond those of the first carry the names of the signature."""
    coder, folder = Coder(), tempfile.mkdtemp()
    tf.saved_model.save(coder, folder, signatures={"encode": coder.encode, "decode": coder.decode})
    data = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["encode", "decode"]).convert()
    random = generator(name)
    code = random.normal(0, 1, (3, 40)).astype(np.float32)
    save(os.path.join(FOLDER, name), data, [code, np.asarray([[2], [-1], [5]], np.int32)])
    runner = Interpreter(model_content=data).get_signature_runner("encode")
    x = random.normal(0, 1, (3, 40)).astype(np.float32)
    with np.load(os.path.join(FOLDER, name + ".npz")) as arrays:
        np.savez_compressed(os.path.join(FOLDER, name), **arrays, x=x, code=runner(x=x)["code"])


signatures("signatures")
