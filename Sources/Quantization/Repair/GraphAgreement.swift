import Evaluation
import Foundations
import GraphIR
import Tensors

/// How well quantized graphs agree with the real one, by the rounding of `Evaluation`.
package struct GraphAgreement {
    /// How well one graph agrees.
    package struct Measure: Sendable {
        /// The mean over the outputs of the ratio of signal to noise, in decibels.
        package let signalToNoise: Double
        /// Which part of the samples has its greatest element elsewhere; nil if no output is a row of scores.
        package let changedAnswers: Double?
        /// The answers: the place of the greatest element of the first row of scores, for each sample.
        package let answers: [Int]
    }

    private let samples: [[Tensor]]
    private let threads: ThreadBudget
    /// The values that are compared: outputs, and instead of probabilities the scores that they follow from.
    private let probes: [ValueID]
    /// The first of them that is a row of scores.
    private let scores: ValueID?
    /// What the real graph makes of each sample.
    private let expected: [[ValueID: [Float]]]

    /// Runs the real graph.
    ///
    /// - Throws: `Problem` if a sample cannot be run.
    package init(reference: Graph, _ samples: [[Tensor]], threads: ThreadBudget) throws {
        self.samples = samples
        self.threads = threads
        let probes: [ValueID] = reference.outputs.map(\.value).filter {
            reference[$0].dtype == .float32
        }.map { id in
            guard let node = reference.producer(of: id),
                case .fixed = node.op.payload.quantizationRule
            else { return id }
            return node.inputs[0]
        }
        self.probes = probes
        scores = probes.first { reference[$0].shape.rank == 2 && reference[$0].shape[1] > 1 }
        expected = try Self.values(of: probes, in: reference, samples, threads)
    }

    private static func values(
        of probes: [ValueID], in graph: Graph, _ samples: [[Tensor]], _ threads: ThreadBudget
    ) throws -> [[ValueID: [Float]]] {
        let evaluator = GraphEvaluator(graph, precision: .fast, threads: threads.count)
        return try samples.map { inputs in
            var values: [ValueID: [Float]] = [:]
            _ = try evaluator.run(inputs) { id, tensor in
                if probes.contains(id) { values[id] = tensor.array(of: Float.self) }
            }
            return values
        }
    }

    /// The answers of the real graph.
    package var expectedAnswers: [Int] { answers(expected) }

    private func answers(_ values: [[ValueID: [Float]]]) -> [Int] {
        guard let scores else { return [] }
        return values.map { sample in
            let row = sample[scores] ?? []
            return row.indices.max { row[$0] < row[$1] } ?? 0
        }
    }

    /// The mean over the probes of the ratio of signal to noise of a graph whose values have the same identities, in decibels.
    ///
    /// - Throws: `Problem` if a sample cannot be run.
    package func signalToNoise(of quantized: Graph) throws -> Double {
        try measure(quantized).signalToNoise
    }

    /// Runs a graph whose values have the same identities.
    ///
    /// - Throws: `Problem` if a sample cannot be run.
    package func measure(_ quantized: Graph) throws -> Measure {
        let found = try Self.values(of: probes, in: quantized, samples, threads)
        let ratios = probes.map { id in
            var (signal, noise) = (0.0, 0.0)
            for (values, others) in zip(expected, found) {
                for (e, a) in zip(values[id] ?? [], others[id] ?? []) {
                    signal += Double(e) * Double(e)
                    noise += (Double(e) - Double(a)) * (Double(e) - Double(a))
                }
            }
            return 10 * log10(max(signal, 1e-30) / max(noise, 1e-30))
        }
        let answers = answers(found)
        let changed = zip(answers, expectedAnswers).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
        return Measure(
            signalToNoise: ratios.isEmpty ? 0 : ratios.reduce(0, +) / Double(ratios.count),
            changedAnswers: scores.map { _ in Double(changed) / Double(max(samples.count, 1)) },
            answers: answers)
    }
}
