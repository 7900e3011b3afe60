import Evaluation
import Foundation
import KerasImport
import TestSupport
import Tensors
import Testing

/// Files of many versions of Keras in all their formats, each compared with what that Keras gave.
struct FormatSuite {
    /// The files of one saved model.
    struct Saved: Sendable, CustomTestStringConvertible {
        let architecture: String
        let weights: String?
        let data: String

        var testDescription: String {
            [architecture, weights ?? ""].map { URL(filePath: $0).lastPathComponent }
                .joined(separator: " ")
        }
    }

    /// Every recorded model in every form: archives, whole models in HDF5, and architectures with each kind of weights.
    static let all: [Saved] = {
        let folder = URL(filePath: Repository.testdata("formats"))
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let path = { (name: String) in folder.appending(path: name).path }
        return names.sorted().filter { $0.hasSuffix(".npz") }.flatMap { data -> [Saved] in
            let stem = String(data.dropLast(4))
            let whole = ["keras", "h5", "folder"].map { "\(stem).\($0)" }.filter(names.contains)
            let weights = ["weights.h5", "legacy.h5", "weights.json"].map { "\(stem).\($0)" }
                .filter(names.contains)
            return whole.map {
                Saved(architecture: path($0), weights: nil, data: path(data))
            }
                + weights.map {
                    Saved(
                        architecture: path("\(stem).json"), weights: path($0), data: path(data))
                }
        }
    }()

    @Test func everyFormIsThere() {
        #expect(Self.all.count >= 600)
    }

    @Test(arguments: all)
    func agreesWithKeras(saved: Saved) throws {
        let fixture = Fixture(
            path: saved.testDescription, architecture: saved.architecture,
            weights: saved.weights ?? "", data: saved.data)
        let (inputs, expected) = try fixture.recorded()
        var options = ImportOptions()
        options.batch = .fixed(try #require(inputs.first?.shape.dims.first))
        let imported = try KerasImporter.importModel(
            architecture: saved.architecture, weights: saved.weights, options: options)
        let outputs = try GraphEvaluator(imported.graph, precision: .reference).run(inputs)
        #expect(outputs.map(\.shape) == expected.map(\.shape))
        for (output, expectation) in zip(outputs, expected) {
            #expect(Difference(output, expectation).relative < LayerSuite.tolerance)
        }
        #expect(imported.warnings.isEmpty)
    }
}
