import Foundation
import Interpreter
import KConvert
import TestSupport
import Testing

/// Models of a few bytes that ask for too much memory, work or time.
struct BudgetTests {
    /// A Sequential in JSON; `layers` are pairs of class and configuration.
    private func sequential(
        _ input: String, dtype: String = "float32", _ layers: (String, String)...
    ) -> String {
        let rest = layers.enumerated().map { index, layer in
            #"{"class_name": "\#(layer.0)", "config": {"name": "layer\#(index)", \#(layer.1)}}"#
        }
        return #"""
            {"class_name": "Sequential", "keras_version": "2.15.0", "backend": "tensorflow",
             "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": \#(input),
               "dtype": "\#(dtype)"}}, \#(rest.joined(separator: ","))]}}
            """#
    }

    /// Converts a model without weights.
    private func convert(
        _ json: String, _ change: (inout ConversionOptions) -> Void = { _ in }
    ) throws -> Converter.File {
        var options = ConversionOptions()
        change(&options)
        return try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "m.json")
            try Data(json.utf8).write(to: file)
            let weights = Repository.testdata("keras2/layers/conv2d/activation_relu6.h5")
            return try Converter(options).convert(
                ModelSource(architecture: file.path, weights: weights))
        }
    }

    private func failure(
        _ json: String, _ change: (inout ConversionOptions) -> Void = { _ in }
    ) throws -> ConversionError? {
        do {
            _ = try convert(json, change)
            return nil
        } catch let error as ConversionError {
            return error
        }
    }

    /// Sizes of a configuration that nothing in the files backs.
    @Test func sizesOfConfigurations() throws {
        let models = [
            sequential("[null, 40000, 40000]", ("Activation", #""activation": "softmax""#)),
            sequential(
                "[null, 1048576, 1048576, 3]",
                ("GlobalAveragePooling2D", #""data_format": "channels_last""#)),
            sequential("[null, 2147483647]", ("RepeatVector", #""n": 2147483647"#)),
            sequential("[null, 4]", ("Dense", #""units": 2147483647"#)),
            sequential("[null, 4]", ("RepeatVector", #""n": 2147483647"#)),
            sequential(
                "[null, 3, 4]",
                ("Embedding", #""input_dim": 2147483647, "output_dim": 2147483647"#)),
            sequential(
                "[null, 1, 2147483647, 1, 1]",
                (
                    "ConvLSTM2D",
                    #""filters": 1, "kernel_size": [1, 1], "padding": "same", "use_bias": false"#
                )),
            sequential(
                "[null, 5]",
                (
                    "IntegerLookup",
                    #"""
                    "vocabulary": [5, 6], "output_mode": "tf_idf", "idf_weights": [1.0, 2.0],
                    "max_tokens": 2147483647, "pad_to_max_tokens": true
                    """#
                )),
            sequential("[null, 16, 16, 2147483]", ("UpSampling2D", #""size": [65536, 65536]"#)),
            sequential("[null, 2, 3]", ("ZeroPadding1D", #""padding": [0, 2147483600]"#)),
        ]
        for json in models {
            for verification in [ConversionOptions.Verification.fast, .off] {
                let error = try failure(json) {
                    $0.verification = verification
                    $0.limits.memory = 1 << 30
                    $0.limits.steps = 1 << 34
                }
                if verification == .fast {
                    #expect(error?.code == .badInput, "\(json)")
                    #expect(
                        error?.issues.first?.layer != nil, "\(json)\n\(error?.description ?? "")")
                }
            }
        }
    }

    /// Models that are called twice by models that are called twice, and so on.
    @Test func callsThatDouble() throws {
        func model(_ depth: Int) -> String {
            let last = depth == 0
            let inner =
                last
                ? #"{"class_name": "Activation", "name": "n", "config": {"name": "n", "activation": "tanh"}"#
                : String(model(depth - 1).dropLast()) + #", "name": "n""#
            return #"""
                {"class_name": "Functional", "config": {"name": "n", "layers": [
                 {"class_name": "InputLayer", "name": "i", "inbound_nodes": [],
                  "config": {"name": "i", "batch_input_shape": [null, 4], "dtype": "float32"}},
                 \#(inner), "inbound_nodes": [[["i", 0, 0, {}]], [["n", \#(last ? 0 : 1), 0, {}]]]}],
                 "input_layers": [["i", 0, 0]], "output_layers": [["n", \#(last ? 1 : 2), 0]]}}
                """#
        }
        #expect(try failure(model(3)) == nil)
        let error = try failure(model(24)) { $0.limits.steps = 200_000_000 }
        #expect(error?.code == .badInput)
        #expect(error?.description.contains("ResourceLimits.steps") == true)
    }

    @Test func jsonOfManyValues() throws {
        let lists = "[" + String(repeating: "[],", count: 300_000) + "[]]"
        let json = sequential("[null, 4]", ("Activation", #""activation": "relu", "x": \#(lists)"#))
        #expect(try failure(json) { $0.limits.memory = 1 << 30 } == nil)
        #expect(try failure(json) { $0.limits.memory = 1 << 26 }?.code == .badInput)
    }

    @Test func timeEnds() throws {
        let json = sequential("[null, 4]", ("Activation", #""activation": "relu""#))
        let error = try failure(json) { $0.limits.seconds = 1e-9 }
        #expect(error?.code == .badInput)
        #expect(error?.description.contains("ResourceLimits.seconds") == true)
        #expect(try failure(json) { $0.limits.seconds = 1000 } == nil)
    }

    /// Limits decide whether there is a file, never what is in it.
    @Test func limitsDoNotChangeFiles() throws {
        let json = sequential(
            "[null, 64, 64, 3]", ("Rescaling", #""scale": 0.5, "offset": 0.1"#),
            ("AveragePooling2D", #""pool_size": [2, 2]"#), ("Activation", #""activation": "relu""#))
        let free = try convert(json)
        let tight = try convert(json) {
            $0.limits.memory = 1 << 23
            $0.limits.steps = 1 << 30
        }
        #expect(free.bytes == tight.bytes)
        #expect(try failure(json) { $0.limits.memory = 1 << 12 }?.code == .badInput)
    }

    /// The limits reach what the interpreter does with somebody's file.
    @Test func runsOfFiles() throws {
        let file = try convert(
            sequential("[null, 64, 64, 3]", ("Activation", #""activation": "relu""#)))
        var limits = ResourceLimits()
        limits.memory = 1 << 12
        #expect(throws: LiteModelError.self) {
            try limits.apply { _ = try LiteModel(bytes: file.bytes).makeSession() }
        }
        limits.memory = 1 << 24
        try limits.apply { _ = try LiteModel(bytes: file.bytes).makeSession() }
    }
}
