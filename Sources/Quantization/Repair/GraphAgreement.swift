import Evaluation
import Foundations
import GraphIR
import Tensors

/// How well a quantized graph agrees with the real one, by the rounding of `Evaluation`.
package struct GraphAgreement {
    private let reference: Graph
    private let samples: [[Tensor]]
    private let threads: ThreadBudget
    /// The values that are compared: outputs, and instead of probabilities the scores that they follow from.
    private let probes: [ValueID]

    package init(reference: Graph, _ samples: [[Tensor]], threads: ThreadBudget) {
        self.reference = reference
        self.samples = samples
        self.threads = threads
        probes = reference.outputs.map(\.value).filter { reference[$0].dtype == .float32 }.map {
            id in
            guard let node = reference.producer(of: id),
                case .fixed = node.op.payload.quantizationRule
            else { return id }
            return node.inputs[0]
        }
    }

    /// The mean over the probes of the ratio of signal to noise of a graph whose values have the same identities, in decibels.
    ///
    /// - Throws: `Problem` if a sample cannot be run.
    package func signalToNoise(of quantized: Graph) throws -> Double {
        let real = GraphEvaluator(reference, precision: .fast, threads: threads.count)
        let rounded = GraphEvaluator(quantized, precision: .fast, threads: threads.count)
        var sums = [ValueID: (signal: Double, noise: Double)]()
        for inputs in samples {
            var expected: [ValueID: [Float]] = [:]
            _ = try real.run(inputs) { id, tensor in
                if probes.contains(id) { expected[id] = tensor.array(of: Float.self) }
            }
            _ = try rounded.run(inputs) { id, tensor in
                guard let values = expected[id] else { return }
                for (e, a) in zip(values, tensor.array(of: Float.self)) {
                    sums[id, default: (0, 0)].signal += Double(e) * Double(e)
                    sums[id, default: (0, 0)].noise +=
                        (Double(e) - Double(a)) * (Double(e) - Double(a))
                }
            }
        }
        let ratios = sums.values.map { 10 * log10($0.signal / max($0.noise, 1e-30)) }
        return ratios.isEmpty ? 0 : ratios.reduce(0, +) / Double(ratios.count)
    }
}
