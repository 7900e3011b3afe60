import Archives
import Evaluation
import Foundation
import KConvert
import KerasImport
import KerasLayers
import TestSupport
import Tensors
import Testing

/// Models with functions in Python.
@Suite struct LambdaTests {
    /// What is known about a function beside its name.
    private struct Row: Decodable {
        let refuse: String?
    }

    private func convert(
        _ model: String, _ definitions: String...
    ) throws -> ConversionReport {
        var converter = Converter()
        for definition in definitions { try converter.registerLambda(definition) }
        return try Repository.withTemporaryFolder { folder in
            try converter.convert(
                ModelSource(model: model), to: folder.appending(path: "m.tflite").path)
        }
    }

    @Test func theReportSaysWhatWasUnderstood() throws {
        let model = Repository.testdata("keras3/lambda/doubled.keras")
        let report = try convert(model)
        #expect(report.lambdas == ["lambda: y * 2.0"])
        #expect(report.text().contains("lambda: y * 2.0"))
        #expect(try convert(model, "lambda=K.abs(x) - 1").lambdas == ["lambda: K.abs(x) - 1"])
    }

    @Test func definitionsThatCannotBeReadAreRefused() throws {
        var converter = Converter()
        for text in ["x / 2", "=x", "lambda=x +", "lambda=x = 2"] {
            let error = #expect(throws: ConversionError.self) { try converter.registerLambda(text) }
            #expect(error?.code == .usage, "\(text)")
        }
    }

    @Test(arguments: [
        "tf.while_loop(lambda i: True, lambda i: i + 1, [0])",
        "tf.while_loop(lambda a: tf.reduce_sum(a) > 0, lambda a: a - 1, [v])",
        "ops.fori_loop(-9000000000000000000, 9000000000000000000, lambda i, a: a, v)",
        "tf.map_fn(lambda i: v, tf.range(5000))", "tf.scan(lambda a, b: a + b, tf.zeros([0, 3]))",
        "tf.foldl(1, v)", "functools.partial()(v)",
        "functools.partial(lambda g, y: g(g, y), lambda g, y: g(g, y) + 1)(v)",
        "(lambda g: g(g))(lambda g: g(g))",
        "tf.foldl(lambda f, i: functools.partial(f), tf.zeros([4000]), lambda y: y)(v)",
        "tf.boolean_mask(v, [True, False, True], axis=9000000000000000000)",
        "tf.boolean_mask(v, v > 0)",
        "tf.image.crop_and_resize(tf.reshape(v, [-1, 1, 3, 1]), [[0, 0, 1, 1]], [7], [2, 2])",
        "tf.image.crop_and_resize(tf.reshape(v, [1, 1, 3, 1]), [[0, 0, 1, 1]], [0], [10**7, 10**7])",
    ])
    func loopsAndPartsBeyondBoundsAreRefused(expression: String) throws {
        var converter = Converter()
        converter.options.batch = .dynamic
        try converter.registerLambda("scaled=\(expression)")
        let model = ModelSource(model: Repository.testdata("keras2/cut/unknown_global.h5"))
        let error = #expect(throws: ConversionError.self) { try converter.convert(model) }
        #expect(error?.issues.first?.layer == "scaled")
    }

    @Test func aNameOfALayerAndAVariableIsAmbiguous() throws {
        let model = Repository.testdata("keras3/lambda/ambiguous.keras")
        let error = #expect(throws: ConversionError.self) { try convert(model, "factor=3.0") }
        let words = "could mean the layer 'factor', or the variable that the layer 'scale' reads"
        #expect(error.map { "\($0)" }?.contains(words) == true)
        let report = try convert(model, "factor=y * 2", "scale=x * 3")
        #expect(report.lambdas == ["factor: y * 2", "scale: x * 3"])
    }

    /// The option that the message about a missing value or function shows, as it is and with the right expression.
    @Test(
        .enabled(if: Repository.hasShared("lambda"), "../shared/lambda is not there"),
        arguments: [
            ("no_global", ["model.h5", "model.keras"], "3.0"),
            ("no_function", ["model.h5", "model.keras"], "x * 3.0"),
            ("no_eval", ["model.h5", "model.keras"], nil),
            ("named_object", ["model.h5"], "x * 2.0"), ("named_def", ["model.keras"], "x * 2.0"),
        ])
    func theOptionInTheMessageWorks(
        _ name: String, _ files: [String], _ truth: String?
    ) throws {
        for file in files {
            let folder = URL(filePath: Repository.shared("lambda/models/\(name)"))
            let model = folder.appending(path: file)
            let error = #expect(throws: ConversionError.self) { try convert(model.path) }
            let text = try #require(error.map { "\($0)" })
            let parts = text.split(separator: "registerLambda '", maxSplits: 1)
            let option = String(try #require(parts.last?.prefix { $0 != "'" }))
            #expect(try convert(model.path, option).lambdas.count == 1, "\(option)")
            guard let truth else { continue }
            let left = option.prefix { $0 != "=" }
            try expectRecordedOutputs(model, folder, "\(left)=\(truth)")
        }
    }

    /// All files of `../shared/lambda`, by every version of Python and Keras.
    @Test(.enabled(if: Repository.hasShared("lambda"), "../shared/lambda is not there"))
    func recordedFunctionsGiveTheRecordedOutputs() throws {
        let root = URL(filePath: Repository.shared("lambda/models"))
        let rows = try ["k2", "k3"].map { name in
            try JSONDecoder().decode(
                [String: Row].self,
                from: Data(contentsOf: root.appending(path: "listing.\(name).json")))
        }
        var right = 0
        for file in try Self.files(in: root) {
            let name = file.deletingLastPathComponent().lastPathComponent
            let isRefused =
                rows[file.lastPathComponent == "model.keras" ? 1 : 0][name]?.refuse != nil
            do {
                try expectRecordedOutputs(file, root.appending(path: name))
                right += 1
            } catch {
                #expect(isRefused, "\(name)/\(file.lastPathComponent): \(error)")
                right += isRefused ? 1 : 0
            }
        }
        #expect(right == 679)
    }

    private static func files(in root: URL) throws -> [URL] {
        let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        return try #require(all).compactMap { $0 as? URL }.filter {
            ["h5", "json", "keras"].contains($0.pathExtension)
                && !$0.lastPathComponent.hasPrefix("listing")
        }.sorted { $0.path < $1.path }
    }

    private func expectRecordedOutputs(
        _ file: URL, _ folder: URL, _ definitions: String...
    ) throws {
        let arrays = try NPZ.read(path: folder.appending(path: "io.npz").path)
            .sorted { $0.name < $1.name }
        let inputs = arrays.filter { $0.name.hasPrefix("x") }.map(\.array)
        let outputs = arrays.filter { $0.name.hasPrefix("y") }.map(\.array)
        var custom = CustomObjects()
        for definition in definitions { try custom.lambdas.add(definition) }
        var options = ImportOptions(custom: custom)
        options.batch = .fixed(inputs[0].shape[0])
        let isArchitecture = file.pathExtension == "json"
        let imported = try KerasImporter.importModel(
            architecture: file.path,
            weights: isArchitecture ? folder.appending(path: "model.h5").path : nil,
            options: options)
        let found = try GraphEvaluator(imported.graph, precision: .reference).run(inputs)
        let name = Comment(rawValue: file.path)
        #expect(found.map(\.shape) == outputs.map(\.shape), name)
        for (a, e) in zip(found, outputs) {
            // The recorded outputs are those of Keras 2, whose indices have 64 bits.
            let expected = Constant(e, as: a.dtype).tensor()
            #expect(Difference(a, expected).relative < LayerSuite.tolerance, name)
        }
    }
}
