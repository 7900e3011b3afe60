import Evaluation
import Foundations
import GraphIR
import Tensors

/// Divides the channels between two sums of products by powers of 2, so that one scale serves all of them better.
///
/// The function stays the same to the last bit: what the first sum's weights are divided by, the second sum's are multiplied
/// with. Between them may be a ReLU, pads, pools, means and a flattening. The channels of an input of the graph are divided by
/// an operation of their own if they differ far more.
package struct Equalization {
    private let graph: Graph
    /// The greatest magnitude of each channel of the values between two sums.
    private var magnitudes: [ValueID: [Double]] = [:]
    private let pairs: [EqualizedPair]

    /// Looks at the values of a graph on samples.
    ///
    /// - Parameter scalesInputs: whether inputs of the graph are real numbers, which can be multiplied before they are rounded.
    /// - Throws: `Problem` if a sample cannot be run.
    package init(
        of graph: Graph, on samples: [[Tensor]], scalesInputs: Bool = false, threads: ThreadBudget
    ) throws {
        self.graph = graph
        let inputs = scalesInputs ? graph.inputs : []
        pairs =
            inputs.compactMap { EqualizedPair(fromInput: $0.value, in: graph) }
            + graph.nodes.compactMap { EqualizedPair(from: $0, in: graph) }
        let channels = Dictionary(
            pairs.flatMap { [($0.value, $0.channels), ($0.result, $0.channels)] },
            uniquingKeysWith: { first, _ in first })
        let evaluator = GraphEvaluator(graph, precision: .fast, threads: threads.count)
        for inputs in samples {
            _ = try evaluator.run(inputs) { id, tensor in
                guard let count = channels[id] else { return }
                var found = magnitudes[id] ?? [Double](repeating: 0, count: count)
                for (index, value) in tensor.array(of: Float.self).enumerated() {
                    found[index % count] = max(found[index % count], Double(abs(value)))
                }
                magnitudes[id] = found
            }
        }
    }

    /// How far the factors of a pair have to differ before they are worth a change.
    private static let leastSpread = 4.0

    /// The graph with other weights; nil if channels differ too little.
    package func equalized() throws -> Graph? {
        var result = graph
        var isChanged = false
        for pair in pairs {
            guard let magnitudes = magnitudes[pair.value] else { continue }
            // A ReLU6 that cuts nothing off is a ReLU.
            let isCut = (self.magnitudes[pair.result]?.max() ?? 6) >= 6
            if graph.producer(of: pair.result)?.op.activation == .relu6, isCut { continue }
            let factors = self.factors(of: pair, magnitudes)
            let live = zip(factors, magnitudes).filter { $0.1 > 0 }.map(\.0)
            let spread = pair.beginsWithInput ? NarrowParts.factorSpread : Self.leastSpread
            guard let least = live.min(), let most = live.max(), most >= spread * least
            else { continue }
            pair.scale(by: factors, in: &result)
            isChanged = true
        }
        return isChanged ? result : nil
    }

    /// What each channel is divided by, a power of 2: its magnitude and its share of the weights become equal, or all magnitudes
    /// if the weights of each channel have a scale of their own.
    private func factors(of pair: EqualizedPair, _ magnitudes: [Double]) -> [Double] {
        let shares = pair.weightShares(in: graph)
        let wanted = magnitudes.indices.map { channel -> Double? in
            guard magnitudes[channel] > 0 else { return nil }
            guard let shares else { return log2(magnitudes[channel]) }
            return shares[channel] > 0 ? log2(magnitudes[channel] / shares[channel]) / 2 : nil
        }
        let known = wanted.compactMap { $0 }
        let middle = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
        return wanted.map { exponent in
            exponent.map { exp2(min(max(($0 - middle).rounded(), -12), 12)) } ?? 1
        }
    }
}
