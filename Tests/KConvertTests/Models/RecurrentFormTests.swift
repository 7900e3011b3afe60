import Evaluation
import FixtureSupport
import GraphIR
import Interpreter
import KerasImport
import KerasLayers
import Legalize
import Passes
import TFLiteFormat
import TFLiteLowering
import Targets
import Tensors
import TestSupport
import Testing

/// Recurrent layers in every form in which they can be written.
struct RecurrentFormTests {
    private static let fixtures =
        [
            "lstm", "gru", "simple_rnn", "bidirectional", "rnn", "masking_recurrent", "conv_lstm1d",
            "conv_lstm2d", "conv_lstm3d", "stateful", "mask_propagation",
        ].flatMap { Fixture.all(in: "keras2/layers/\($0)") }
        + ["stateful", "recurrent_free", "mask_propagation", "rnn", "bidirectional"]
        .flatMap { Fixture.all(in: "keras3/layers/\($0)") }

    /// Loops and single steps, with a fixed and a free batch, three times each.
    @Test(arguments: fixtures, [RecurrentForm.while, .unroll])
    func agreesWithKeras(fixture: Fixture, form: RecurrentForm) throws {
        let recorded = try fixture.calls()
        let (inputs, expected) = try #require(recorded.first)
        let batch = try #require(inputs.first?.shape.dims.first)
        // Steps can be written one after the other only where their number is known.
        if form == .unroll, fixture.path.contains("/free_") { return }
        let isFree = !fixture.hasFixedBatch
        for size in [ImportOptions.Batch.fixed(batch)] + (isFree ? [.free] : []) {
            if size == .free, form == .unroll, fixture.path.contains("time_major") { continue }
            var graph = try KerasImporter.importModel(
                architecture: fixture.architecture, weights: fixture.weights,
                options: ImportOptions(batch: size)
            ).graph
            expectClose(try GraphEvaluator(graph, precision: .reference).run(inputs), expected)
            graph = try Legalize.expandRecurrences(in: graph, for: .liteRT, as: form)
            expectClose(try GraphEvaluator(graph, precision: .reference).run(inputs), expected)
            _ = try PassDriver().run(on: &graph)
            try Legalize.expand(&graph, for: .liteRT)
            let bytes = try TFLiteWriter.bytes(of: TFLiteLowering.lower(graph, for: .liteRT).model)
            let session = try LiteModel(bytes: bytes).makeSession()
            for call in 0..<3 {
                let (inputs, expected) = recorded[call % recorded.count]
                let outputs = try session.run(inputs.compactMap { LiteTensor($0) })
                expectClose(outputs.map(\.tensor), expected)
            }
            guard size == .free, let larger = try fixture.largerBatch() else { continue }
            let outputs = try session.run(larger.inputs.compactMap { LiteTensor($0) })
            expectClose(outputs.map(\.tensor), larger.outputs)
        }
    }

    private func expectClose(_ actual: [Tensor], _ expected: [Tensor]) {
        #expect(actual.map(\.shape) == expected.map(\.shape))
        for (a, e) in zip(actual, expected) {
            #expect(Difference(a, e).relative < LayerSuite.tolerance)
        }
    }
}
