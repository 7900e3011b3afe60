import GraphIR
import KerasImport
import Problems
import Tensors
import TestSupport
import Testing

@Suite struct LayerStructureTests {
    @Test func kernelsAreViewsInTheGraphsLayout() throws {
        let json = TestModel.sequential(
            input: "[null, 8, 8, 4]",
            TestModel.layer("Conv2D", "c", #""filters": 6, "kernel_size": [3, 2], "groups": 2"#))
        let model = try TestModel.imported(json, [("c", [[3, 2, 2, 6], [6]])])
        let kernel = try #require(model.constants(of: "conv2D").first)
        #expect(kernel.shape == [6, 3, 2, 2])
        #expect(kernel.doubles()[1] == 6)
        #expect(model.outputShape == [1, 6, 7, 6])
    }

    @Test func kernelsTrainedWithTheanoAreTurnedAround() throws {
        let json = TestModel.sequential(
            input: "[null, 4, 4, 1]",
            TestModel.layer(
                "Conv2D", "c", #""filters": 2, "kernel_size": 2, "use_bias": false"#))
        let model = try TestModel.imported(json, [("c", [[2, 2, 1, 2]])], backend: "theano")
        #expect(model.constants(of: "conv2D").first?.doubles() == [6, 4, 2, 0, 7, 5, 3, 1])
    }

    @Test func depthwiseChannelsAreGroupedByInput() throws {
        let json = TestModel.sequential(
            input: "[null, 8, 8, 3]",
            TestModel.layer(
                "DepthwiseConv2D", "c", #""kernel_size": 3, "depth_multiplier": 2"#))
        let model = try TestModel.imported(json, [("c", [[3, 3, 3, 2], [6]])])
        #expect(model.constants(of: "depthwiseConv2D").first?.shape == [1, 3, 3, 6])
    }

    /// Output sizes of a transposed convolution of 5 elements, as Keras states them.
    @Test(
        arguments: [
            // kernel, stride, padding, output padding, size
            (3, 2, "valid", nil, 11), (2, 3, "valid", nil, 15), (3, 2, "same", nil, 10),
            (5, 3, "same", nil, 15), (3, 2, "valid", 1, 12), (3, 2, "same", 0, 9),
            (3, 2, "same", 1, 10), (2, 2, "same", 0, 8), (4, 3, "same", 1, 13),
            (1, 1, "same", nil, 5),
        ] as [(Int, Int, String, Int?, Int)])
    func transposedConvolutionsHaveKerasSizes(
        kernel: Int, stride: Int, padding: String, extra: Int?, expected: Int
    ) throws {
        let outputPadding = extra.map { String($0) } ?? "null"
        let fields = [
            #""filters": 2, "kernel_size": \#(kernel), "strides": \#(stride)"#,
            #""padding": "\#(padding)", "output_padding": \#(outputPadding)"#,
        ]
        let json = TestModel.sequential(
            input: "[null, 5, 3]",
            TestModel.layer("Conv1DTranspose", "c", fields.joined(separator: ", ")))
        let model = try TestModel.imported(json, [("c", [[kernel, 2, 3], [2]])])
        #expect(model.outputShape == [1, expected, 2])
    }

    @Test func channelsFirstIsTransposedAroundTheLayer() throws {
        let json = TestModel.sequential(
            input: "[null, 3, 8, 9]",
            TestModel.layer(
                "Conv2D", "c",
                #""filters": 2, "kernel_size": 1, "data_format": "channels_first", "#
                    + #""activation": "relu""#),
            TestModel.layer("MaxPooling2D", "p", #""data_format": "channels_first""#))
        let model = try TestModel.imported(json, [("c", [[1, 1, 3, 2], [2]])])
        #expect(
            model.operations == [
                "transpose", "conv2D", "unary", "transpose", "transpose", "pool2D", "transpose",
            ])
        #expect(model.outputShape == [1, 2, 4, 4])
    }

    @Test func anActivationAlongAnAxisSeesTheLayersFormat() throws {
        let json = TestModel.sequential(
            input: "[null, 3, 8, 9]",
            TestModel.layer(
                "Conv2D", "c",
                #""filters": 2, "kernel_size": 1, "data_format": "channels_first", "#
                    + #""activation": "softmax""#))
        let model = try TestModel.imported(json, [("c", [[1, 1, 3, 2], [2]])])
        #expect(model.operations == ["transpose", "conv2D", "transpose", "softmax"])
    }

    @Test func hardSigmoidDependsOnTheGeneration() throws {
        let layer = TestModel.layer(
            "Activation", "a", #""activation": "hard_sigmoid", "trainable": true"#)
        let old = try TestModel.imported(TestModel.sequential(input: "[null, 3]", layer))
        let new = try TestModel.imported(
            TestModel.sequential(input: "[null, 3]", version: "3.3.0", layer))
        #expect(
            old.constants(of: "binary").compactMap(\.scalarValue).map(Float.init) == [0.2, 0.5])
        #expect(
            new.constants(of: "binary").compactMap(\.scalarValue).map(Float.init) == [3, 1 / 6])
    }

    @Test func masksReachTheAverageAndStopAtConvolutions() throws {
        let embedding = TestModel.layer(
            "Embedding", "e", #""input_dim": 7, "output_dim": 3, "mask_zero": true"#)
        let pool = TestModel.layer("GlobalAveragePooling1D", "p")
        let convolution = TestModel.layer("Conv1D", "c", #""filters": 3, "kernel_size": 1"#)
        let masked = try TestModel.imported(
            TestModel.sequential(
                input: "[null, 5]", embedding, TestModel.layer("Dropout", "d"), pool),
            [("e", [[7, 3]])])
        #expect(masked.graph.nodes.contains { $0.op == .binary(Binary(.notEqual)) })
        #expect(masked.graph.nodes.contains { $0.op == .binary(Binary(.divide)) })
        let plain = try TestModel.imported(
            TestModel.sequential(input: "[null, 5]", embedding, convolution, pool),
            [("e", [[7, 3]]), ("c", [[1, 3, 3], [3]])])
        #expect(!plain.graph.nodes.contains { $0.op == .binary(Binary(.notEqual)) })
    }

    @Test func inputsOfLowerRankGetAxesAfterTheBatch() throws {
        let json = #"""
            {"class_name": "Functional", "keras_version": "2.15.0", "config": {"name": "m",
             "layers": [
              {"class_name": "InputLayer", "name": "a", "inbound_nodes": [],
               "config": {"name": "a", "batch_input_shape": [null, 4, 4, 3]}},
              {"class_name": "InputLayer", "name": "b", "inbound_nodes": [],
               "config": {"name": "b", "batch_input_shape": [null, 3]}},
              {"class_name": "Multiply", "name": "y", "config": {"name": "y"},
               "inbound_nodes": [[["a", 0, 0, {}], ["b", 0, 0, {}]]]}],
             "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["y", 0, 0]]}}
            """#
        let model = try TestModel.imported(json, options: ImportOptions(batch: .fixed(2)))
        #expect(model.graph.nodes.first?.op == .reshape(Reshape([2, 1, 1, 3])))
        #expect(model.outputShape == [2, 4, 4, 3])
    }

    @Test(arguments: ["bicubic", "area", "lanczos3", "gaussian", "mitchellcubic"])
    func interpolationWeightsSumToOne(_ method: String) throws {
        let json = TestModel.sequential(
            input: "[null, 5, 7, 2]",
            TestModel.layer(
                "Resizing", "r",
                #""height": 9, "width": 3, "interpolation": "\#(method)""#))
        let model = try TestModel.imported(json)
        #expect(model.outputShape == [1, 9, 3, 2])
        for matrix in model.constants(of: "fullyConnected") {
            let columns = matrix.shape[1]
            let values = matrix.doubles()
            for row in 0..<matrix.shape[0] {
                let sum = values[row * columns..<(row + 1) * columns].reduce(0, +)
                #expect(abs(sum - 1) < 1e-6)
            }
        }
    }

    @Test func indexingTakesWhatPythonTakes() throws {
        let json = #"""
            {"class_name": "Functional", "keras_version": "2.15.0", "config": {"name": "m",
             "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [],
               "config": {"name": "x", "batch_input_shape": [null, 6, 5, 3]}},
              {"class_name": "SlicingOpLambda", "name": "y",
               "config": {"name": "y", "function": "__operators__.getitem"},
               "inbound_nodes": [["x", 0, 0, {"slice_spec": [
                {"start": null, "stop": null, "step": null},
                {"start": 1, "stop": -1, "step": 2}, {"class_name": "__ellipsis__"}, null, -1]}]]}],
             "input_layers": [["x", 0, 0]], "output_layers": [["y", 0, 0]]}}
            """#
        let model = try TestModel.imported(json)
        #expect(
            model.graph.nodes.first?.op
                == .slice(
                    Slice(begin: [0, 1, 0, 2], sizes: [1, 2, 5, 1], strides: [1, 2, 1, 1])))
        #expect(model.outputShape == [1, 2, 5, 1])
    }

    @Test func aBrokenWeightlessLayerStillNamesItself() {
        let json = TestModel.sequential(
            input: "[null, 4, 4, 3]",
            TestModel.layer("MaxPooling2D", "pool", #""pool_size": 9"#))
        #expect(TestModel.problems(json).map(\.layer) == ["pool"])
        #expect(TestModel.problems(json).map(\.layerClass) == ["MaxPooling2D"])
    }
}
