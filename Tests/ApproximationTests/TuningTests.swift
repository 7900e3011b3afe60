import Foundations
import GraphIR
import Tensors
import Testing

import Approximation

@Suite("Tuning")
struct TuningTests {
    /// The graph with noise on its filters.
    private func disturbed(_ graph: Graph) -> Graph {
        var (result, generator) = (graph, SplitMix64(seed: 4))
        for value in graph.values {
            guard let constant = value.constant, constant.shape.rank == 4 else { continue }
            let elements = constant.doubles().map { $0 + 0.1 * (generator.nextUnit() - 0.5) }
            let changed = Constant(elements, constant.shape)
            result.redirect(
                value.id, to: result.addValue(changed.type, name: "changed", constant: changed))
        }
        return result
    }

    @Test("Brings disturbed weights nearer to the original, on samples that it has not seen, too")
    func weights() throws {
        let network = try SmallNetwork(sampleCount: 60)
        let samples = try (0..<60).map { try network.inputs($0) }
        let tuning = try #require(
            try Tuning(
                network.graph, samples: Array(samples.prefix(40)), steps: 40, seed: 1,
                threads: ThreadBudget(2), check: {}))
        let measure = try ApproximationError(
            of: network.graph, on: Array(samples.suffix(20)), truth: nil, threads: ThreadBudget(2))
        let start = disturbed(network.graph)
        let before = try measure.error(of: start)
        let trial = try measure.error(of: tuning.tuned(start, .trial, check: {}))
        let thorough = try measure.error(of: tuning.tuned(start, .thorough, check: {}))
        #expect(before > 0.1)
        #expect(trial < 0.6 * before)
        #expect(thorough < 0.8 * trial)
    }

    @Test("Leaves a graph alone whose weights have no gradients")
    func nothing() throws {
        let builder = GraphBuilder(name: "nothing")
        let x = builder.input(TensorType(.float32, [1, 4]), name: "x")
        builder.output(try builder.unary(.round, x), name: "y")
        let samples = (0..<8).map { [Tensor([Float($0), 1, 2, 3], [1, 4])] }
        let tuning = try #require(
            try Tuning(
                builder.graph, samples: samples, steps: 3, seed: 1, threads: ThreadBudget(1),
                check: {}))
        #expect(try tuning.tuned(builder.graph, .trial, check: {}).text == builder.graph.text)
    }
}
