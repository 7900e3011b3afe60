import Foundation
import KConvert
import TestSupport
import Testing

/// Bad input gives a clear error and leaves the old output as it was.
struct BadInputTests {
    private let architecture = Repository.testdata("keras2/layers/conv2d/activation_relu6.json")
    private let weights = Repository.testdata("keras2/layers/conv2d/activation_relu6.h5")

    /// Converts and returns the error; an old file at the output must survive it, and nothing else may appear.
    private func failure(
        _ source: ModelSource, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ConversionError? {
        try Repository.withTemporaryFolder { folder -> ConversionError? in
            let output = folder.appending(path: "old.tflite")
            try Data("old".utf8).write(to: output)
            do {
                try Converter().convert(source, to: output.path)
                return nil
            } catch let error as ConversionError {
                let left = try Data(contentsOf: output)
                let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(left == Data("old".utf8), sourceLocation: sourceLocation)
                #expect(files == ["old.tflite"], sourceLocation: sourceLocation)
                return error
            }
        }
    }

    /// Converts an architecture given as text.
    private func failure(json: String) throws -> ConversionError? {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "model.json")
            try Data(json.utf8).write(to: file)
            return try failure(ModelSource(architecture: file.path, weights: weights))
        }
    }

    private var sound: String {
        get throws { try String(contentsOfFile: architecture, encoding: .utf8) }
    }

    @Test func missingFiles() throws {
        let noModel = try failure(ModelSource(architecture: "/nowhere/m.json", weights: weights))
        #expect(noModel?.code == .inputOutput)
        #expect(noModel?.issues.first?.file == "/nowhere/m.json")
        let noWeights = try failure(
            ModelSource(architecture: architecture, weights: "/nowhere/w.h5"))
        #expect(noWeights?.code == .inputOutput)
        #expect(noWeights?.issues.first?.file == "/nowhere/w.h5")
    }

    @Test func architectureWithoutWeights() throws {
        #expect(try failure(ModelSource(model: architecture))?.code == .usage)
    }

    @Test func garbageInsteadOfJSON() throws {
        for text in ["", "{", "nonsense", "[]", "{}", "null", "42", "{\"class_name\": \"Model\"}"] {
            #expect(try failure(json: text)?.code == .badInput, "\(text)")
        }
    }

    @Test func truncatedJSON() throws {
        let bytes = [UInt8](Data(try sound.utf8))
        try Damage.truncate(bytes, count: 60) { copy in
            let error = try failure(json: String(decoding: copy, as: UTF8.self))
            #expect(error != nil)
        }
    }

    @Test func mutatedJSON() throws {
        try Damage.mutate([UInt8](Data(try sound.utf8)), count: 400) { copy in
            _ = try failure(json: String(decoding: copy, as: UTF8.self))
        }
    }

    @Test func deepNesting() throws {
        let depth = 200_000
        let nested =
            String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
        #expect(try failure(json: nested)?.code == .badInput)
        let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(try failure(json: lists)?.code == .badInput)
    }

    @Test(arguments: [
        "2147483648", "9223372036854775807", "1e300", "-1", "0", "NaN", "\"many\"", "null", "[4]",
    ])
    func absurdFilters(value: String) throws {
        let json = try sound.replacingOccurrences(
            of: "\"filters\": 4", with: "\"filters\": \(value)")
        let error = try failure(json: json)
        #expect(error?.code == .badInput)
        #expect(error?.issues.first?.layer == "conv2d")
    }

    @Test(arguments: ["[3, 2147483647]", "[0, 3]", "[3]", "[3, 3, 3]", "\"x\"", "[1e18, 1e18]"])
    func absurdKernels(value: String) throws {
        let json = try sound.replacingOccurrences(
            of: "\"kernel_size\": [3, 3]", with: "\"kernel_size\": \(value)")
        #expect(try failure(json: json)?.code == .badInput)
    }

    @Test func cyclicGraph() throws {
        let json = try sound.replacingOccurrences(
            of: "[[[\"x0\", 0, 0, {}]]]", with: "[[[\"conv2d\", 0, 0, {}]]]")
        #expect(try failure(json: json)?.code == .badInput)
        let dangling = try sound.replacingOccurrences(
            of: "[[[\"x0\", 0, 0, {}]]]", with: "[[[\"nobody\", 0, 0, {}]]]")
        #expect(try failure(json: dangling)?.code == .badInput)
    }

    @Test func unknownLayersAreAllListed() throws {
        let dense = Repository.testdata("keras2/layers/dense/activation_tanh.json")
        let json = try String(contentsOfFile: dense, encoding: .utf8)
        let error = try failure(
            json: json.replacingOccurrences(
                of: "\"class_name\": \"Dense\"", with: "\"class_name\": \"Dens\""))
        #expect(error?.code == .unsupported)
        #expect(error?.description.contains("Dense") == true, "suggests the nearest class")
        let conv = try failure(
            json: sound.replacingOccurrences(
                of: "\"class_name\": \"Conv2D\"", with: "\"class_name\": \"Lambda\""))
        #expect(conv?.code == .unsupported)
        #expect(conv?.issues.first?.remedy != nil)
    }

    @Test func weightsOfAnotherModel() throws {
        let other = Repository.testdata("keras2/layers/dense/activation_tanh.h5")
        let error = try failure(ModelSource(architecture: architecture, weights: other))
        #expect(error?.code == .badInput)
        #expect(error?.issues.contains { $0.layer == "conv2d" } == true)
    }

    @Test(arguments: [
        "missing_group", "missing_dataset", "missing_layer_names", "wrong_dtype", "wrong_shape",
        "dangling_link",
    ])
    func damagedWeights(name: String) throws {
        let file = Repository.testdata("malformed/\(name).h5")
        let error = try failure(ModelSource(architecture: architecture, weights: file))
        #expect(error?.code == .badInput)
        #expect(error?.description.contains(name) == true, "names the file")
    }

    @Test func notANumberIsAWarning() throws {
        try Repository.withTemporaryFolder { folder in
            let report = try Converter().convert(
                ModelSource(
                    architecture: architecture,
                    weights: Repository.testdata("malformed/nan_weights.h5")),
                to: folder.appending(path: "nan.tflite").path)
            #expect(report.warnings.contains { $0.contains("conv2d") })
        }
    }

    @Test func truncatedWeights() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: weights)))
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "w.h5")
            var refused = 0
            var tried = 0
            try Damage.truncate(bytes, count: 120) { copy in
                try Data(copy).write(to: file)
                tried += 1
                let error = try failure(ModelSource(architecture: architecture, weights: file.path))
                if error != nil { refused += 1 }
            }
            #expect(refused == tried)
            try Damage.mutate(bytes, count: 300) { copy in
                try Data(copy).write(to: file)
                _ = try failure(ModelSource(architecture: architecture, weights: file.path))
            }
        }
    }

    @Test func unwritableTarget() throws {
        let source = ModelSource(architecture: architecture, weights: weights)
        #expect(throws: ConversionError.self) {
            try Converter().convert(source, to: "/nowhere/model.tflite")
        }
        try Repository.withTemporaryFolder { folder in
            let error = #expect(throws: ConversionError.self) {
                try Converter().convert(source, to: folder.path)
            }
            #expect(error?.code == .inputOutput)
        }
    }

    @Test func badOptions() throws {
        let source = ModelSource(architecture: architecture, weights: weights)
        try Repository.withTemporaryFolder { folder in
            let output = folder.appending(path: "m.tflite").path
            var noSuchPass = ConversionOptions()
            noSuchPass.disabledPasses = ["fold-batch-nrm"]
            var noSuchInput = ConversionOptions()
            noSuchInput.inputShapes = ["image": [1, 6, 7, 3]]
            var wrongShape = ConversionOptions()
            wrongShape.inputShapes = ["x0": [1, 6, 7, 4]]
            for options in [noSuchPass, noSuchInput, wrongShape] {
                let error = #expect(throws: ConversionError.self) {
                    try Converter(options).convert(source, to: output)
                }
                #expect(error?.code == .usage || error?.code == .badInput)
                #expect(!FileManager.default.fileExists(atPath: output))
            }
        }
    }
}
