import Evaluation
import FixtureSupport
import GraphIR
import Interpreter
import KConvert
import KerasImport
import Legalize
import Passes
import TFLiteFormat
import TFLiteLowering
import Targets
import TestSupport
import Tensors
import Testing

/// Every recorded model through every stage, each compared with what real Keras gave.
struct LayerSuite {
    /// Differences relative to the spread of an output that 32-bit arithmetic explains.
    static let tolerance = 1e-4

    @Test func everyFixtureIsThere() {
        #expect(Fixture.all.count >= 2734)
        #expect(Fixture.all.count { $0.other != nil } >= 100)
    }

    @Test(arguments: Fixture.all)
    func everyStageAgreesWithKeras(fixture: Fixture) throws {
        let recorded = try fixture.calls()
        let imported = try fixture.imported(for: recorded)
        try imported.graph.verify(after: "import")
        try expectClose(imported.graph, recorded, "import and evaluation")

        var graph = try Legalize.expandRecurrences(in: imported.graph, for: .liteRT)
        _ = try PassDriver().run(on: &graph)
        try graph.verify(after: "all passes")
        try expectClose(graph, recorded, "passes")
        try Legalize.expand(&graph, for: .liteRT)
        try expectClose(graph, recorded, "expansion")

        let lowered = try TFLiteLowering.lower(graph, for: .liteRT)
        let bytes = try TFLiteWriter.bytes(of: lowered.model)
        let session = try LiteModel(bytes: bytes).makeSession()
        for call in 0..<3 {
            let (inputs, expected) = recorded[call % recorded.count]
            let outputs = try session.run(inputs.compactMap { LiteTensor($0) }).map(\.tensor)
            expectClose(outputs, expected, "interpreter, call \(call)")
        }
    }

    @Test(arguments: Fixture.all.filter { $0.other != nil })
    func freeSizesAreTakenFromTheInputs(fixture: Fixture) throws {
        let recordings = [
            try fixture.recorded(), try fixture.recorded(fixture.other), try fixture.recorded(),
        ]
        var options = ImportOptions()
        options.batch = .free
        let imported = try KerasImporter.importModel(
            architecture: fixture.architecture, weights: fixture.weights, options: options)
        try imported.graph.verify(after: "import")
        var graph = try Legalize.expandRecurrences(in: imported.graph, for: .liteRT)
        _ = try PassDriver().run(on: &graph)
        try Legalize.expand(&graph, for: .liteRT)
        let bytes = try TFLiteWriter.bytes(of: TFLiteLowering.lower(graph, for: .liteRT).model)
        let session = try LiteModel(bytes: bytes).makeSession()
        for (inputs, expected) in recordings {
            for graph in [imported.graph, graph] {
                let evaluated = try GraphEvaluator(graph, precision: .reference).run(inputs)
                expectClose(evaluated, expected, "evaluation of \(inputs.map(\.shape))")
            }
            let outputs = try session.run(inputs.compactMap { LiteTensor($0) }).map(\.tensor)
            expectClose(outputs, expected, "interpreter, \(inputs.map(\.shape))")
        }
    }

    private func expectClose(
        _ graph: Graph, _ calls: [(inputs: [Tensor], outputs: [Tensor])], _ stage: Comment
    ) throws {
        let evaluator = GraphEvaluator(graph, precision: .reference)
        for (inputs, expected) in calls {
            expectClose(try evaluator.run(inputs), expected, stage)
        }
    }

    private func expectClose(_ actual: [Tensor], _ expected: [Tensor], _ stage: Comment) {
        #expect(actual.map(\.shape) == expected.map(\.shape), stage)
        for (a, e) in zip(actual, expected) {
            #expect(Difference(a, e).relative < Self.tolerance, stage)
        }
    }
}
