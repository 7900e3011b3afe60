import GraphIR
import Tensors

/// Computes equal channels once.
///
///     before   x ─ Conv2D(8 filters, the last equal to the first) ─ ReLU ─ Conv2D(w) ─ y
///     after    x ─ Conv2D(7 filters) ─ ReLU ─ Conv2D(w of 7 channels, that of the last added to the first) ─ y
///
/// Equal are filters with equal biases, and all that `ChannelPath` leads them through. Exact up to rounding.
package struct MergeDuplicateChannels: Pass {
    package let name = "merge-duplicate-channels"
    package let summary =
        "Computes channels with equal weights once and adds the weights that read them."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let path = ChannelPath(from: node, in: graph), path.mayHaveDuplicates,
            path.isReadable(within: context.budget)
        else { return .none }
        let keys = path.channelKeys()
        var first: [[Double]: Int] = [:]
        var kept: [Int] = []
        var weights = path.end.filter.doubles()
        for (channel, key) in keys.enumerated() {
            guard let original = first[key] else {
                first[key] = channel
                kept.append(channel)
                continue
            }
            path.add(channel, to: original, &weights)
        }
        guard kept.count < keys.count else { return .none }
        return try .replacing(path.end.node, in: graph) { patch in
            try path.rebuilt(
                keeping: kept, endFilter: weights, endBias: path.end.biasValues, patch: patch)
        }
    }
}

extension ChannelPath {
    /// Whether two channels agree in their bias and in one weight.
    fileprivate var mayHaveDuplicates: Bool {
        let weights = start.filter.shape.dims.indices.dropFirst().reduce(start.filter) {
            $0.sliced(0..<1, axis: $1)
        }.doubles()
        let sorted = weights.sorted()
        guard zip(sorted, sorted.dropFirst()).contains(where: ==) else { return false }
        return Set(zip(weights, start.biasValues).map { SIMD2($0, $1) }).count < weights.count
    }

    /// For each channel all numbers that it depends on.
    fileprivate func channelKeys() -> [[Double]] {
        var keys = zip(start.outputRows, start.biasValues).map { $0 + [$1] }
        for case .depthwise(let linear) in steps {
            keys = zip(keys, zip(linear.outputRows, linear.biasValues)).map { $0 + $1.0 + [$1.1] }
        }
        return keys
    }

    /// Adds the weights of the end for one channel to those for another.
    fileprivate func add(_ channel: Int, to other: Int, _ weights: inout [Double]) {
        let width = end.filter.shape[end.axes.input]
        for start in stride(from: 0, to: weights.count, by: width) {
            for (from, to) in zip(inputs(of: channel), inputs(of: other)) {
                weights[start + to] += weights[start + from]
            }
        }
    }
}
