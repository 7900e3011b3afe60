import Evaluation
import GraphIR
import Interpreter
import KConvert
import KerasImport
import Passes
import TFLiteFormat
import TFLiteLowering
import TestSupport
import Tensors
import Testing

/// Every recorded model through every stage, each compared with what real Keras gave.
struct LayerSuite {
    /// Differences relative to the spread of an output that 32-bit arithmetic explains.
    static let tolerance = 1e-4

    @Test(arguments: Fixture.all)
    func everyStageAgreesWithKeras(fixture: Fixture) throws {
        let (inputs, expected) = try fixture.recorded()
        let batch = try #require(inputs.first?.shape.dims.first)
        var options = ImportOptions()
        options.batch = .fixed(batch)
        let imported = try KerasImporter.importModel(
            architecture: fixture.architecture, weights: fixture.weights, options: options)
        try imported.graph.verify(after: "import")
        let evaluated = try GraphEvaluator(imported.graph, precision: .reference).run(inputs)
        expectClose(evaluated, expected, "import and evaluation")

        var graph = imported.graph
        _ = try PassDriver().run(on: &graph)
        try graph.verify(after: "all passes")
        let rewritten = try GraphEvaluator(graph, precision: .reference).run(inputs)
        expectClose(rewritten, expected, "passes")

        let lowered = try TFLiteLowering.lower(graph)
        let bytes = try TFLiteWriter.bytes(of: lowered.model)
        let session = try LiteModel(bytes: bytes).makeSession()
        for call in 1...3 {
            let outputs = try session.run(inputs.compactMap { LiteTensor($0) }).map(\.tensor)
            expectClose(outputs, expected, "interpreter, call \(call)")
        }
    }

    private func expectClose(_ actual: [Tensor], _ expected: [Tensor], _ stage: Comment) {
        #expect(actual.map(\.shape) == expected.map(\.shape), stage)
        for (a, e) in zip(actual, expected) {
            #expect(relativeError(a, e) < Self.tolerance, stage)
        }
    }
}
