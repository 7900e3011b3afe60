import Evaluation
import GraphIR
import Interpreter
import KerasImport
import Passes
import TFLiteFormat
import TFLiteLowering
import TestSupport
import Tensors
import Testing

/// Recurrent layers in every form in which they can be written.
struct RecurrentFormTests {
    private static let folders = [
        "lstm", "gru", "simple_rnn", "bidirectional", "rnn", "masking_recurrent", "conv_lstm1d",
        "conv_lstm2d", "conv_lstm3d",
    ]

    /// Loops and single steps, with a fixed and a free batch, three times each.
    @Test(
        arguments: folders.flatMap { Fixture.all(in: "layers/\($0)") },
        [RecurrentForm.while, .unroll])
    func agreesWithKeras(fixture: Fixture, form: RecurrentForm) throws {
        let (inputs, expected) = try fixture.recorded()
        let batch = try #require(inputs.first?.shape.dims.first)
        for size in [ImportOptions.Batch.fixed(batch), .free] {
            // An unrolled layer with time first needs to know the first axis.
            if size == .free, form == .unroll, fixture.path.contains("time_major") { continue }
            var graph = try KerasImporter.importModel(
                architecture: fixture.architecture, weights: fixture.weights,
                options: ImportOptions(batch: size, rnn: form)
            ).graph
            expectClose(try GraphEvaluator(graph, precision: .reference).run(inputs), expected)
            _ = try PassDriver().run(on: &graph)
            let bytes = try TFLiteWriter.bytes(of: TFLiteLowering.lower(graph).model)
            let session = try LiteModel(bytes: bytes).makeSession()
            for _ in 1...3 {
                let outputs = try session.run(inputs.compactMap { LiteTensor($0) })
                expectClose(outputs.map(\.tensor), expected)
            }
        }
    }

    /// Two halves of a sequence through a stateful layer give what the whole gives a stateless one.
    @Test(arguments: [false, true])
    func stateIsKeptBetweenRuns(isLSTM: Bool) throws {
        var generator = SeededGenerator(seed: 5)
        func values(_ dims: [Int]) -> Tensor {
            let count = Shape(dims).elementCount
            return Tensor(
                dtype: .float32, shape: Shape(dims),
                copying: (0..<count).map { _ in Float.random(in: -1...1, using: &generator) })
        }
        let gates = isLSTM ? 4 : 1
        let weights = [values([gates * 5, 3]), values([gates * 5, 5]), values([gates * 5])]
        func session(steps: Int, isStateful: Bool) throws -> LiteSession {
            let builder = GraphBuilder(name: "model")
            builder.layer = "layer"
            let x = builder.input(.float32(2, steps, 3), name: "x")
            let op: Op =
                isLSTM
                ? .lstm(LSTM(activation: .tanh, isStateful: isStateful))
                : .simpleRNN(SimpleRNN(activation: .tanh, isStateful: isStateful))
            let constants = weights.map { builder.constant(Constant($0), role: "weights") }
            builder.output(try builder.addMulti(op, [x] + constants)[0], name: "y")
            #expect(builder.graph.keepsState == isStateful)
            let bytes = try TFLiteWriter.bytes(of: TFLiteLowering.lower(builder.graph).model)
            return try LiteModel(bytes: bytes).makeSession()
        }
        func run(_ session: LiteSession, _ x: Tensor) throws -> Tensor {
            let input = try #require(LiteTensor(x))
            return try #require(try session.run([input]).first).tensor
        }
        func part(_ x: Tensor, _ range: Range<Int>) -> Tensor {
            Constant(x).sliced(range, axis: 1).tensor()
        }
        let x = values([2, 6, 3])
        let whole = try run(session(steps: 6, isStateful: false), x)
        let stateful = try session(steps: 3, isStateful: true)
        for _ in 1...2 {
            for range in [0..<3, 3..<6] {
                let y = try run(stateful, part(x, range))
                #expect(relativeError(y, part(whole, range)) < 1e-5)
            }
            stateful.resetVariables()
        }
    }

    private func expectClose(_ actual: [Tensor], _ expected: [Tensor]) {
        #expect(actual.map(\.shape) == expected.map(\.shape))
        for (a, e) in zip(actual, expected) {
            #expect(relativeError(a, e) < LayerSuite.tolerance)
        }
    }
}
