import Foundation
import KConvert
import TestSupport
import Testing

/// Configurations whose lists are too short, too long or empty.
struct ConfigurationTests {
    /// The error of a Sequential of an input `[null, 3]` and one layer without weights; nil if it is converted.
    private func failure(
        _ className: String, _ fields: String, input: String = "[null, 3]"
    ) throws -> ConversionError? {
        try failure(
            json: #"""
                {"class_name": "Sequential", "keras_version": "2.15.0", "backend": "tensorflow",
                 "config": {"name": "m", "layers": [
                  {"class_name": "InputLayer",
                   "config": {"name": "x", "batch_input_shape": \#(input), "dtype": "float32"}},
                  {"class_name": "\#(className)", "config": {"name": "layer", \#(fields)}}]}}
                """#)
    }

    private func failure(json: String) throws -> ConversionError? {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "m.json")
            try Data(json.utf8).write(to: file)
            do {
                _ = try Converter().convert(
                    ModelSource(
                        architecture: file.path,
                        weights: Repository.testdata(
                            "keras2/layers/activation/conv2d_gelu.h5")),
                    to: folder.appending(path: "o.tflite").path)
                return nil
            } catch let error as ConversionError {
                return error
            }
        }
    }

    @Test(arguments: ["[]", "[[]]", "[1, 2]", "[[1, 2, 3], [1, 2, 3]]", "[[1], [2], [3], [4]]"])
    func statisticsOfNormalization(value: String) throws {
        for fields in [
            #""axis": [-1], "mean": \#(value), "variance": [1, 1, 1]"#,
            #""axis": [-1], "mean": [1, 1, 1], "variance": \#(value)"#,
        ] {
            #expect(try failure("Normalization", fields)?.code == .badInput, "\(fields)")
        }
    }

    @Test func statisticsThatFit() throws {
        for value in ["1", "[2]", "[1, 2, 3]", "[[1, 2, 3]]"] {
            let fields = #""axis": [-1], "mean": \#(value), "variance": \#(value)"#
            #expect(try failure("Normalization", fields) == nil, "\(value)")
        }
    }

    /// Neutral numbers whose shape does not fit are refused as any others are.
    @Test(arguments: ["[]", "[1, 1]", "[1, 1, 1, 1]", "[[1, 1]]"])
    func scalesOfRescaling(value: String) throws {
        #expect(try failure("Rescaling", #""scale": \#(value), "offset": 0"#)?.code == .badInput)
        let zeros = value.replacingOccurrences(of: "1", with: "0")
        #expect(try failure("Rescaling", #""scale": 2, "offset": \#(zeros)"#)?.code == .badInput)
    }

    @Test func scalesThatFit() throws {
        for value in ["1", "[1]", "[1, 1, 1]", "[2, 2, 2]"] {
            #expect(
                try failure("Rescaling", #""scale": \#(value), "offset": 0"#) == nil, "\(value)")
        }
    }

    @Test(arguments: ["[]", "[1.0]", "[1.0, 2.0, 3.0, 4.0]"])
    func weightsOfIntegerLookup(value: String) throws {
        let fields = #"""
            "vocabulary": [5, 6, 7], "output_mode": "tf_idf", "idf_weights": \#(value),
            "num_oov_indices": 1, "max_tokens": 9, "pad_to_max_tokens": true
            """#
        #expect(try failure("IntegerLookup", fields)?.code == .badInput)
    }

    /// Empty lists and dictionaries among the outputs stand for nothing, so the model would lose an output.
    @Test(arguments: [
        #"[["a", 0, 0], {}]"#, #"[["a", 0, 0], []]"#, #"[[["a", 0, 0]], [{}]]"#,
        #"{"first": ["a", 0, 0], "second": []}"#, "{}", "[]", #"[["a", 0, 0], null]"#,
    ])
    func endsOfFunctionalModels(value: String) throws {
        func json(_ outputs: String) -> String {
            #"""
            {"class_name": "Functional", "keras_version": "2.15.0", "backend": "tensorflow",
             "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [],
               "config": {"name": "x", "batch_input_shape": [null, 3], "dtype": "float32"}},
              {"class_name": "Activation", "name": "a", "inbound_nodes": [[["x", 0, 0, {}]]],
               "config": {"name": "a", "activation": "relu"}}],
             "input_layers": [["x", 0, 0]], "output_layers": \#(outputs)}}
            """#
        }
        #expect(try failure(json: json(#"[["a", 0, 0]]"#)) == nil)
        #expect(try failure(json: json(value))?.code == .badInput)
    }
}
