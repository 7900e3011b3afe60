"""Records what the stock converter makes of TensorFlow functions; see record/litert.py."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
import flatbuffers
from flatbuffers import flexbuffers
from litert import Interpreter, generator, np, save, schema, table

import tensorflow as tf

FOLDER = os.path.dirname(os.path.abspath(__file__))


def case(name, function, *inputs, optimize=None, owner=None, sparse=False):
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
    if sparse:
        converter.optimizations = [tf.lite.Optimize.EXPERIMENTAL_SPARSITY]
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


# Shapes that only the run knows
case("branch_shapes", lambda p, x: tf.cond(p, lambda: tf.concat([x, x + 1], 0), lambda: x[:1] * 2) @ matrix, ("bool",), ("float32", 3, 40))
case(
    "branch_computes_shapes", lambda p, x: tf.cond(
        p, lambda: tf.boolean_mask(x, x[:, 0] > 0), lambda: tf.gather(x, tf.where(x[:, 1] < 0)[:, 0]) - 1) @ matrix,
    ("bool",), ("float32", 7, 40))


def grow(x):
    return tf.while_loop(
        lambda i, y: i < 4, lambda i, y: (i + 1, tf.concat([y, tf.tanh(x @ matrix) * tf.cast(i, tf.float32)], 0)), (0, x),
        shape_invariants=(tf.TensorShape([]), tf.TensorShape([None, 40])))[1]


case("loop_grows", lambda x: tf.reduce_sum(grow(x), 1), ("float32", 2, 40))
case(
    "loop_of_loops", lambda x: tf.while_loop(
        lambda i, y: i < 3, lambda i, y: (i + 1, tf.while_loop(
            lambda j, z: j <= i, lambda j, z: (j + 1, tf.concat([z[1:], z[:2] * 0.5], 0)), (0, y),
            shape_invariants=(tf.TensorShape([]), tf.TensorShape([None, 40])))[1]), (0, x),
        shape_invariants=(tf.TensorShape([]), tf.TensorShape([None, 40])))[1] @ matrix,
    ("float32", 3, 40))
case(
    "loop_with_branch", lambda x: tf.while_loop(
        lambda y: tf.shape(y)[0] < 12, lambda y: [tf.cond(
            tf.reduce_sum(y) > 0, lambda: tf.concat([y, -y[:1]], 0), lambda: tf.concat([y * 0.9, y[:2] + 0.3], 0))], [x],
        shape_invariants=[tf.TensorShape([None, 3])])[0],
    ("float32", 2, 3))
case(
    "loop_shrinks", lambda x: tf.while_loop(
        lambda y: tf.shape(y)[0] > 1, lambda y: [tf.reshape(y[:tf.shape(y)[0] // 2 * 2], [-1, 2, 3])[:, 0] + y[-1]], [x],
        shape_invariants=[tf.TensorShape([None, 3])])[0],
    ("float32", 11, 3))


@tf.function
def fibonacci(x):
    seen = tf.TensorArray(tf.float32, 0, dynamic_size=True, element_shape=[3])
    for i in tf.range(5):
        seen = seen.write(i, x * tf.cast(i, tf.float32))
    return seen.stack()


case("tensor_array", lambda x: tf.reduce_sum(fibonacci(x), 1), ("float32", 3))
boxes = generator("boxes").uniform(0, 1, (12, 4)).astype(np.float32)
case(
    "non_max_suppression", lambda s: tf.gather(boxes, tf.image.non_max_suppression(boxes, s, 5, 0.2, 0.1)), ("float32", 12))
case(
    "non_max_suppression_padded", lambda s: tf.image.non_max_suppression_padded(boxes, s, 7, 0.3, 0.0, pad_to_max_output_size=True),
    ("float32", 12))
case(
    "non_max_suppression_scores", lambda s: tf.image.non_max_suppression_with_scores(boxes, s, 7, 0.3, 0.1, soft_nms_sigma=0.4),
    ("float32", 12))
case("sparse_to_dense", lambda x: tf.sparse.to_dense(tf.sparse.SparseTensor([[0, 1], [1, 3], [2, 0]], x, [3, 4]), 0.5), ("float32", 3))


def pruned(name, shape, block):
    """Weights of which only every sixth block is left."""
    values = generator(name).normal(0, 1, shape).astype(np.float32)
    mask = generator(name + " mask").uniform(0, 1, (shape[0] // block, *shape[1:])) < 1 / 6
    return values * np.repeat(mask, block, 0)


dense = {name: pruned(name, (32, 32), block) for name, block in [("single", 1), ("blocks", 4)]}
filters = pruned("filters", (3, 3, 8, 16), 1)
case("sparse_dense", lambda x: tf.tanh(x @ dense["single"]), ("float32", 2, 32), sparse=True)
case("sparse_dense_blocks", lambda x: tf.tanh(x @ dense["blocks"]), ("float32", 2, 32), sparse=True)
case("sparse_convolution", lambda x: tf.nn.conv2d(x, filters, 1, "SAME"), ("float32", 1, 5, 6, 8), sparse=True)
case(
    "complex_product", lambda x: tf.abs(tf.signal.rfft(x) * tf.constant(generator("complex").normal(0, 1, (3, 9)) + 2j, tf.complex64)),
    ("float32", 3, 16))


def composite(content):
    """The file of a branch with its first subgraph as what a named function stands for."""
    model = schema.ModelT.InitFromPackedBuf(content)
    graph = model.subgraphs[0]
    node = next(x for x in graph.operators if model.operatorCodes[x.opcodeIndex].builtinCode == schema.BuiltinOperator.IF)
    code, graph.inputs = model.operatorCodes[node.opcodeIndex], graph.inputs[1:]
    code.builtinCode, code.deprecatedBuiltinCode = schema.BuiltinOperator.STABLEHLO_COMPOSITE, 127
    node.inputs, node.builtinOptions, node.builtinOptionsType = node.inputs[1:], None, 0
    node.builtinOptions2Type = schema.BuiltinOptions2.StableHLOCompositeOptions
    node.builtinOptions2 = table(
        "StableHLOCompositeOptions", name="example.branch", decompositionSubgraphIndex=1,
        compositeAttributes=list(flexbuffers.Dumps({})))
    model.signatureDefs = []
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


with open(os.path.join(FOLDER, "branch.tflite"), "rb") as file:
    content = composite(file.read())
save(os.path.join(FOLDER, "composite"), content, [generator("composite").normal(0, 1, (3, 40)).astype(np.float32)])


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
