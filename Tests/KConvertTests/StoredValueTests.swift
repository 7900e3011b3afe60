import Evaluation
import Foundations
import GraphIR
import Interpreter
import Legalize
import TFLiteFormat
import TFLiteLowering
import Targets
import Tensors
import Testing

/// Graphs whose values are stored as integers or half-precision floats.
@Suite struct StoredValueTests {
    private static let text = """
        input real: float32[2,4]
        x = changeStorage(real) @stored int8(0.03:5)
        constant w: float32[3,4] @stored int8(0.01:0, 0.02:1, 0.005:-7) axis 0 = random(1, -1, 1)
        constant b: float32[3] @stored float16 = random(2, -1, 1)
        h = fullyConnected(x, w, b) @stored int16(0.001:0)
        y = relu(h)
        output y
        """

    private func input() -> Tensor {
        var generator = SplitMix64(seed: 1)
        return Tensor((0..<8).map { _ in Float(generator.nextUnit() * 4 - 2) }, [2, 4])
    }

    @Test func theEvaluatorRoundsWhatIsStored() throws {
        let graph = try Graph(parsing: Self.text)
        let node = try #require(graph.nodes.dropFirst().first)
        var seen: [ValueID: [Float]] = [:]
        _ = try GraphEvaluator(graph, precision: .reference).run([input()]) {
            seen[$0] = $1.array(of: Float.self)
        }
        for (value, scale) in [(node.inputs[0], 0.03), (node.output, 0.001)] {
            for number in try #require(seen[value]) {
                let steps = Double(number) / Double(Float(scale))
                #expect(abs(steps - steps.rounded()) < 1e-3, "\(number)")
            }
        }
        var plain = graph
        plain.setStorage(node.output, .expressed)
        let rounded = try GraphEvaluator(graph, precision: .reference).run([input()])[0]
        let exact = try GraphEvaluator(plain, precision: .reference).run([input()])[0]
        let pairs = zip(rounded.array(of: Float.self), exact.array(of: Float.self))
        #expect(pairs.contains { $0 != $1 })
        #expect(pairs.allSatisfy { abs($0 - $1) <= 0.00051 })
    }

    @Test func theWrittenFileComputesTheSame() throws {
        var graph = try Graph(parsing: Self.text)
        try Legalize.convert(&graph, for: .liteRT)
        let lowered = try TFLiteLowering.lower(graph, for: .liteRT)
        let model = lowered.model.subgraphs[0]
        let types = model.tensors.filter { $0.type != .float32 }.map(\.type)
        #expect(types.count { $0 == .int8 } == 2)
        #expect(types.count { $0 == .float16 } == 1 && types.count { $0 == .int16 } == 1)
        let weights = try #require(model.tensors.first { $0.name == "w" }?.quantization)
        #expect(weights.scale == [0.01, 0.02, 0.005])
        #expect(weights.zeroPoint == [0, 1, -7])
        #expect(weights.quantizedDimension == 0)

        let bytes = try TFLiteWriter.bytes(of: lowered.model)
        let session = try LiteModel(bytes: bytes).makeSession()
        let outputs = try session.run([input()].compactMap { LiteTensor($0) }).map(\.tensor)
        let expected = try GraphEvaluator(graph, precision: .reference).run([input()])
        for (a, b) in zip(outputs[0].array(of: Float.self), expected[0].array(of: Float.self)) {
            #expect(abs(a - b) < 1e-5)
        }
    }
}
