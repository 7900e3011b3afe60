import Evaluation
import Foundations
import GraphIR
import Passes
import Tensors
import TestSupport
import Testing

/// Each pass alone on random graphs, with inputs of several kinds.
@Suite struct EachPassTests {
    /// What the inputs hold.
    enum Inputs: CaseIterable {
        case ordinary, zero, large
        /// NaN and infinities among ordinary numbers.
        case special
    }

    @Test(arguments: Pipeline.passes.map(\.name))
    func numbersStay(pass name: String) throws {
        let pass = try #require(Pipeline.passes.first { $0.name == name })
        for seed in 0..<60 * UInt64(Campaign.factor) {
            let graph = try RandomGraph.make(seed: seed, operations: 4 + Int(seed) % 12)
            let result = try Rewriting(graph, stages: [[pass]])
            guard result.report.firings > 0 else { continue }
            for kind in Inputs.allCases {
                let inputs = inputs(kind, of: graph, seed: seed)
                let expected = try GraphEvaluator(graph, precision: .reference).run(inputs)
                let found = try GraphEvaluator(result.after, precision: .reference).run(inputs)
                for (a, e) in zip(found, expected) {
                    #expect(
                        agree(a, e), "seed \(seed), \(kind)\n\(graph.abbreviatedText)")
                }
            }
        }
    }

    /// Finite numbers agree up to rounding, and what is not finite in one is not in the other.
    private func agree(_ found: Tensor, _ expected: Tensor) -> Bool {
        let (a, e) = (Constant(found).doubles(), Constant(expected).doubles())
        guard found.shape == expected.shape else { return false }
        let pairs = zip(a, e).filter { $0.isFinite || $1.isFinite }
        return Difference(pairs.map(\.0), pairs.map(\.1)).relativeToMagnitude < 1e-4
    }

    private func inputs(_ kind: Inputs, of graph: Graph, seed: UInt64) -> [Tensor] {
        var generator = SplitMix64(seed: seed)
        return graph.inputs.map { port in
            let tensor = Tensor.random(graph[port.value].type, using: &generator)
            guard tensor.dtype == .float32 else { return tensor }
            var numbers = tensor.array(of: Float.self)
            switch kind {
            case .ordinary: break
            case .zero: numbers = numbers.map { _ in 0 }
            case .large: numbers = numbers.map { $0 * 1000 }
            case .special:
                for (place, number) in [Float.nan, .infinity, -.infinity].enumerated() {
                    numbers[(Int(seed) * 7 + place * 29) % numbers.count] = number
                }
            }
            return Tensor(numbers, tensor.shape)
        }
    }
}
