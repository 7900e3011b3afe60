import Foundation
import KerasImport
import KerasLayers
import Problems
import TestSupport
import Tensors
import Testing

@Suite struct LambdaLayerTests {
    private func options(_ definitions: [String]) throws -> ImportOptions {
        var custom = CustomObjects()
        for definition in definitions { try custom.lambdas.add(definition) }
        return ImportOptions(custom: custom)
    }

    /// A model of one Lambda without code on an input `[1, 4, 6]`.
    private let model = TestModel.sequential(
        input: "[null, 4, 6]", TestModel.layer("Lambda", "fn", #""function": "f""#))

    @Test(arguments: [
        ("K.mean(x, axis=1)", [1, 6]), ("K.sum(x, [1, 2], keepdims=True)", [1, 1, 1]),
        ("tf.reduce_max(x, 1)", [1, 6]), ("tf.reduce_mean(x, keep_dims=True, axis=2)", [1, 4, 1]),
        ("x[:, -1]", [1, 6]), ("x[..., None]", [1, 4, 6, 1]), ("x[:, 1:3, ::2]", [1, 2, 3]),
        ("K.reshape(x, (-1, K.int_shape(x)[1] * x.shape[2]))", [1, 24]),
        ("tf.reshape(x, [tf.shape(x)[0], -1])", [1, 24]), ("tf.concat([x, x], -1)", [1, 4, 12]),
        ("tf.concat(axis=1, values=[x, x])", [1, 8, 6]), ("tf.transpose(x, [0, 2, 1])", [1, 6, 4]),
        ("K.permute_dimensions(x, pattern=(0, 2, 1))", [1, 6, 4]),
        ("K.expand_dims(x)", [1, 4, 6, 1]),
        ("tf.split(x, 2, axis=2)[0]", [1, 4, 3]), ("K.batch_dot(x, x, axes=2)", [1, 4, 4]),
        ("ops.max(x, axis=-1)", [1, 4]), ("keras.ops.expand_dims(x, 0)", [1, 1, 4, 6]),
        ("K.repeat_elements(x, 2, 1)", [1, 8, 6]),
        ("x if len(x.shape) == 3 else helper(x)", [1, 4, 6]),
        ("K.in_train_phase(K.dropout(x, 0.5), x)", [1, 4, 6]),
        ("K.switch(x > 0, x, 0 * x)", [1, 4, 6]),
        ("K.switch(x > 0, lambda: x, lambda: -x)", [1, 4, 6]),
        ("K.relu(x, max_value=6)", [1, 4, 6]),
        ("tf.image.resize(x[..., None], (2, 3))", [1, 2, 3, 1]),
        ("tf.matmul(x, x, transpose_b=True)", [1, 4, 4]),
        ("keras.activations.hard_sigmoid(x)", [1, 4, 6]),
        ("np.sqrt(4.0) * x / math.pi", [1, 4, 6]),
        ("x + K.random_normal(K.shape(x))", [1, 4, 6]), ("tf.cast(x > 0, tf.float32)", [1, 4, 6]),
        ("K.resize_images(x[..., None], 2, 2, 'channels_last')", [1, 8, 12, 1]),
        ("tf.nn.softmax(x) * tf.nn.sigmoid(x)", [1, 4, 6]), ("K.clip(x, -1, None)", [1, 4, 6]),
        ("x * [1, 2, 3, 4, 5, 6]", [1, 4, 6]), ("sum([x, x, x])", [1, 4, 6]),
        ("tf.one_hot(tf.argmax(x, 2), 6)", [1, 4, 6]), ("tf.nn.elu(x) + ops.tanh(x)", [1, 4, 6]),
        ("keras.activations.relu(x, negative_slope=0.01)", [1, 4, 6]),
        ("tf.einsum('bij,bkj->bik', x, x)", [1, 4, 4]), ("x.T", [6, 4, 1]),
        ("x * tf.cast(tf.shape(x)[1:][0], 'float32')", [1, 4, 6]),
        ("tf.image.resize(x[..., None], tf.shape(x)[1:3] * 2)", [1, 8, 12, 1]),
        ("tf.range(0, 12, delta=2) + tf.cast(x, 'int32')", [1, 4, 6]),
        ("x * np.arange(6) / np.sqrt(6)", [1, 4, 6]), ("x * (1 - tf.eye(4, 6))", [1, 4, 6]),
        ("tf.nn.top_k(x, 2).indices", [1, 4, 2]), ("x * np.float32(0.5)", [1, 4, 6]),
        ("tf.gather(x, np.array([2, 0]).astype(np.int32), axis=1)", [1, 2, 6]),
        ("K.map_fn(lambda t: t[0] * t[1], [x, x])", [1, 4, 6]),
        ("tf.abs(tf.signal.rfft(x))", [1, 4, 4]), ("tf.signal.frame(x, 3, 2)", [1, 4, 2, 3]),
        ("tf.abs(2.0 * tf.signal.fft(tf.cast(x, tf.complex64))[..., 1:])", [1, 4, 5]),
        ("keras.layers.Dropout(0.5)(keras.layers.Flatten()(x), training=False)", [1, 24]),
        ("tf.keras.activations.get('relu')(x)", [1, 4, 6]),
        ("tf.nn.conv2d(x[..., None], tf.ones((3, 3, 1, 2)) / 9.0, 1, 'SAME')", [1, 4, 6, 2]),
        ("K.cast(x > 0, K.dtype(x))", [1, 4, 6]), ("tf.identity(x, name='%d' % 3)", [1, 4, 6]),
        ("K.in_train_phase(x, x[:, :2], training=1)", [1, 4, 6]),
    ])
    func expressionsBecomeOperations(_ text: String, _ shape: [Int]) throws {
        let imported = try TestModel.imported(model, options: options(["fn=\(text)"]))
        #expect(imported.outputShape == Shape(shape))
        #expect(imported.remarks.map(\.layer) == ["fn"])
    }

    @Test(arguments: [
        ("factor * x", "the file does not hold the value of 'factor'"),
        ("helper(x)", "the file does not hold the function 'helper'"),
        ("tf.py_function(x)", "the function 'tf.py_function' cannot be converted"),
        ("x if x > 0 else -x", "a condition on a tensor cannot be converted"),
        ("x.foo", "'foo' of a tensor cannot be converted"), ("3", "it does not return tensors"),
        (
            "tf.range(3, foo=2) + x[0, 0, :3]",
            "the argument 'foo' of 'tf.range' cannot be converted"
        ),
        ("tf.cond(True, lambda: x, lambda: -x, foo=1)", "the argument 'foo' of 'tf.cond'"),
        ("sum(tf.shape)", "the elements of this value cannot be converted"),
        ("tf.signal.rfft(x) % 2", "'%' of complex numbers cannot be converted"),
        (
            "tf.tensor_scatter_nd_update(x, tf.cast(x, 'int32')[0], x)",
            "an update at computed places"
        ),
        ("keras.layers.Dense(3)(x)", "the function 'keras.layers.Dense' cannot be converted"),
        ("K.mean(x, foo=1)", "the argument 'foo' of 'K.mean' cannot be converted"),
        ("x[:, :, x]", "an index that is a tensor cannot be converted"),
        (
            "keras.activations.tanh(x, 2)",
            "an argument of 'keras.activations.tanh' cannot be converted"
        ),
        ("tf.math.tanh(x, alpha=2)", "the argument 'alpha' of 'tf.math.tanh' cannot be converted"),
        ("tf.Variable(x)", "whose weights no file holds, cannot be converted"),
    ])
    func whatHasNoMeaningIsRefused(_ text: String, _ reason: String) throws {
        let problems = TestModel.problems(model, options: try options(["fn=\(text)"]))
        #expect(problems.first?.message.contains(reason) == true, "\(problems)")
        #expect(problems.first?.message.contains(text) == true)
        #expect(problems.first?.remedy?.contains("Converter.registerLambda") == true)
        #expect(problems.first?.layer == "fn")
    }

    /// Options that messages print, which have to be accepted as they are.
    @Test(arguments: [
        ("x * table[1]", "table=[0, 1, 2]"), ("tf.gather(table, 1) * x", "table=[0, 1, 2]"),
        ("x * factor", "factor=2"), ("'helper'(x)", "helper(x)=x * 2"),
        ("K.map_fn('helper', x)", "helper(x)=x * 2"),
    ])
    func printedOptionsWork(_ text: String, _ option: String) throws {
        let problems = TestModel.problems(model, options: try options(["fn=\(text)"]))
        #expect(problems.first?.remedy?.contains("'\(option)'") == true, "\(problems)")
        let imported = try TestModel.imported(model, options: options(["fn=\(text)", option]))
        #expect(imported.outputShape == [1, 4, 6])
    }

    @Test func functionsAndGlobalsOfTheCallerAreFollowed() throws {
        let imported = try TestModel.imported(
            model,
            options: options(["f(v)=helper(v, n)", "helper(a, b)=K.tile(a, [1, b, 1])", "n=3"]))
        #expect(imported.outputShape == [1, 12, 6])
        #expect(imported.remarks.map(\.text) == ["helper(v, n)"])
        let endless = TestModel.problems(model, options: try options(["f(v)=f(v)"]))
        #expect(endless.first?.message.contains("calls itself") == true)
    }

    @Test func aNameAloneIsRefused() {
        let problems = TestModel.problems(model)
        #expect(problems.first?.message.contains("does not hold the function 'f'") == true)
        #expect(problems.first?.remedy?.contains("'f(x)=x * 2'") == true)
    }

    @Test func layersOfALoopAreDoubted() throws {
        let file = URL(filePath: Repository.testdata("python/3.11.json"))
        let rows =
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]]
        let row = try #require(rows?.first { $0["name"] as? String == "closure" })
        let code = try #require(row["code"] as? String)
        let fields = #""function": ["\#(code)", null, [3, 1]], "function_type": "lambda""#
        let layers = ["a", "b"].map { name in
            #"""
            {"class_name": "Lambda", "name": "\#(name)", "config": {"name": "\#(name)", \#(fields)},
             "inbound_nodes": [[["x", 0, 0, {}]]]}
            """#
        }
        var options = ImportOptions()
        options.batch = .fixed(4)
        let imported = try TestModel.imported(
            #"""
            {"class_name": "Functional", "keras_version": "2.15.0", "config": {"name": "m", "layers": [
             {"class_name": "InputLayer", "name": "x", "inbound_nodes": [],
              "config": {"name": "x", "batch_input_shape": [4, 5]}},
             \#(layers.joined(separator: ","))],
             "input_layers": [["x", 0, 0]], "output_layers": [["a", 0, 0], ["b", 0, 0]]}}
            """#, options: options)
        #expect(imported.remarks.map(\.text).first == "z[1:3]")
        #expect(imported.remarks.last?.text.contains("in a loop") == true)
    }

    /// The code of `lambda x: x / 127.5 - 1.` by every Python, as a layer and as an activation.
    @Test(arguments: ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"])
    func storedCodeIsRead(_ version: String) throws {
        let file = URL(filePath: Repository.testdata("python/\(version).json"))
        let rows = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        let row = try #require((rows as? [[String: Any]])?.first)
        let code = try #require(row["code"] as? String)
        let triple = #"["\#(code)", null, null]"#
        let layer = TestModel.layer(
            "Lambda", "fn", #""function": \#(triple), "function_type": "lambda""#)
        let keras3 = TestModel.layer(
            "Lambda", "fn",
            #""function": {"class_name": "__lambda__", "config": {"code": "\#(code)", "defaults": null, "closure": null}}"#
        )
        let activation = TestModel.layer(
            "Activation", "fn", #""activation": {"value": \#(triple)}"#)
        for layer in [layer, keras3, activation] {
            let imported = try TestModel.imported(TestModel.sequential(input: "[null, 3]", layer))
            #expect(imported.operations == ["binary", "binary"])
            #expect(imported.remarks.map(\.text) == ["x / 127.5 - 1.0"])
        }
    }
}
