import Evaluation
import Foundations
import GraphIR
import Passes
import Tensors
import TestSupport
import Testing

/// Each pass alone on random graphs of random extents, with constants and inputs of several kinds.
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
        var firings = 0
        for seed in 0..<120 * UInt64(Campaign.factor) {
            let numbers = RandomGraph.Numbers.allCases[Int(seed / 3 % 4)]
            let graph = try RandomGraph.make(
                seed: seed, operations: 4 + Int(seed) % 12, numbers: numbers)
            let result = try Rewriting(graph, stages: [[pass]])
            guard result.report.firings > 0 else { continue }
            firings += result.report.firings
            for kind in Inputs.allCases where !Self.dropsProducts(name, numbers) || kind != .special
            {
                let inputs = inputs(kind, of: graph, seed: seed)
                let expected = try GraphEvaluator(graph, precision: .reference).run(inputs)
                let found = try GraphEvaluator(result.after, precision: .reference).run(inputs)
                for (a, e) in zip(found, expected) {
                    #expect(
                        agree(a, e), "seed \(seed), \(kind)\n\(graph.abbreviatedText)")
                }
            }
        }
        #expect(firings > 0 || Self.neverAlone.contains(name))
    }

    /// Passes that work on what others make first.
    private static let neverAlone: Set<String> = []

    /// Whether a pass leaves out products with zeros, which are not zero for NaN and infinities.
    private static func dropsProducts(_ pass: String, _ numbers: RandomGraph.Numbers) -> Bool {
        [
            "crop-kernels", "group-convolutions", "remove-dead-channels", "merge-linear-layers",
            "separate-convolutions",
        ].contains(pass) || numbers == .zeros
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
