import FixtureSupport
import GraphIR
import Interpreter
import Legalize
import Passes
import TFLiteFormat
import TFLiteLowering
import Targets
import TestSupport
import Tensors
import Testing

/// Recorded models converted without passes and with each pass alone: a twentieth of them, and all in `make test-long`.
struct PassSuite {
    private static let fixtures = Fixture.all.enumerated()
        .filter { $0.offset % max(20 / Campaign.factor, 1) == 0 }.map(\.element)

    @Test(arguments: fixtures)
    func eachPassAloneKeepsTheOutputs(fixture: Fixture) throws {
        let recorded = try fixture.calls()
        let imported = try fixture.imported(for: recorded)
        let graph = try Legalize.expandRecurrences(in: imported.graph, for: .liteRT)
        try expectClose(graph, recorded, "no pass")
        for pass in Pipeline.passes {
            var changed = graph
            let report = try PassDriver(stages: [[pass]]).run(on: &changed)
            guard report.passes.contains(where: { $0.firings > 0 }) else { continue }
            try changed.verify(after: pass.name)
            try expectClose(changed, recorded, "\(pass.name)")
        }
    }

    /// Writes a file and compares its outputs, call after call.
    private func expectClose(
        _ graph: Graph, _ calls: [(inputs: [Tensor], outputs: [Tensor])], _ passes: Comment
    ) throws {
        var graph = graph
        try Legalize.expand(&graph, for: .liteRT)
        let lowered = try TFLiteLowering.lower(graph, for: .liteRT)
        let session = try LiteModel(bytes: TFLiteWriter.bytes(of: lowered.model)).makeSession()
        for (inputs, expected) in calls {
            let outputs = try session.run(inputs.compactMap { LiteTensor($0) }).map(\.tensor)
            #expect(outputs.map(\.shape) == expected.map(\.shape), passes)
            for (a, e) in zip(outputs, expected) {
                #expect(Difference(a, e).relative < LayerSuite.tolerance, passes)
            }
        }
    }
}
