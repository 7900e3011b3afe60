import Evaluation
import FixtureSupport
import KerasImport
import TestSupport
import Tensors
import Testing

/// Files of many versions of Keras in all their formats, each compared with what that Keras gave.
struct FormatSuite {
    /// Every recorded model in every form: archives, whole models in HDF5, and architectures with each kind of weights.
    static let all = ["keras1", "keras2", "keras3"].flatMap { generation in
        Fixture.containers(
            in: "\(generation)/formats", whole: ["keras", "h5", "folder", "saved"],
            weights: ["weights.h5", "legacy.h5", "weights.json", "ckpt.index"])
    }

    @Test func everyFormIsThere() {
        #expect(Self.all.count >= 160)
    }

    @Test(arguments: all)
    func agreesWithKeras(fixture: Fixture) throws {
        let (inputs, expected) = try fixture.recorded()
        var options = ImportOptions()
        options.batch = .fixed(try #require(inputs.first?.shape.dims.first))
        let imported = try KerasImporter.importModel(
            architecture: fixture.architecture, weights: fixture.weights, options: options)
        let outputs = try GraphEvaluator(imported.graph, precision: .reference).run(inputs)
        #expect(outputs.map(\.shape) == expected.map(\.shape))
        for (output, expectation) in zip(outputs, expected) {
            #expect(Difference(output, expectation).relative < LayerSuite.tolerance)
        }
        #expect(imported.warnings.isEmpty)
    }
}
