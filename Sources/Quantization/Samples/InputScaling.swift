import Evaluation
import GraphIR
import Tensors

/// Whether samples have the numbers that a model's own scaling of its inputs expects.
package enum InputScaling {
    /// Samples that are looked at.
    private static let sampleCount = 8
    /// How far scaled inputs spread if they are what the model expects; usual are 1 to 8.
    private static let usualSpread = 0.1...50.0

    /// A remark on each input whose samples are far too small or too large for what the model does to them first.
    ///
    /// - Throws: `Problem` if a sample cannot be read.
    package static func remarks(on samples: any SampleSource, for graph: Graph) throws -> [String] {
        let chains = graph.inputs.map { scalings(of: $0.value, in: graph) }
        guard chains.contains(where: { !$0.isEmpty }) else { return [] }
        var ranges = [(raw: ObservedRange, scaled: ObservedRange)?](
            repeating: nil, count: chains.count)
        for index in 0..<min(samples.count, sampleCount) {
            for (position, tensor) in try samples.inputs(index).enumerated()
            where tensor.count > 0 && !chains[position].isEmpty {
                let raw = range(of: tensor)
                let scaled = range(of: try result(of: chains[position], on: tensor, in: graph))
                ranges[position] =
                    ranges[position].map { ($0.raw.union(raw), $0.scaled.union(scaled)) }
                    ?? (raw, scaled)
            }
        }
        return zip(graph.inputs, ranges).compactMap { port, known in
            guard let (range, scaled) = known else { return nil }
            let spread = scaled.high - scaled.low
            guard spread > 0, !usualSpread.contains(spread) else { return nil }
            return
                "the samples of '\(port.name)' lie between \(range.low) and \(range.high), of which the model "
                + "makes numbers \(spread) apart in its first step; give them as the model takes them, "
                + "such as pixels of 0 to 255 if it scales pixels"
        }
    }

    private static func range(of tensor: Tensor) -> ObservedRange {
        let extremes = Constant(tensor).extremes()[0]
        return ObservedRange(extremes.low, extremes.high)
    }

    /// What the first operations make of a sample.
    private static func result(
        of chain: [Node], on tensor: Tensor, in graph: Graph
    ) throws -> Tensor {
        try chain.reduce(tensor) { value, node in
            try node.op.evaluate(
                inputs: node.inputs.map { graph.constant($0)?.tensor() ?? value }, precision: .fast)[
                    0]
        }
    }

    /// The first operations on an input if they scale it: at most three of arithmetic with constants; else none.
    private static func scalings(of input: ValueID, in graph: Graph) -> [Node] {
        var (chain, value) = ([Node](), input)
        while chain.count < 3, let node = graph.users(of: value).first,
            case .binary(let binary) = node.op, graph[node.output].dtype == .float32,
            [.add, .subtract, .multiply, .divide].contains(binary.kind),
            node.inputs.contains(where: { $0 != value && graph.isConstant($0) })
        {
            chain.append(node)
            value = node.output
        }
        let isScaled = chain.contains { node in
            guard case .binary(let binary) = node.op else { return false }
            return binary.kind == .multiply || binary.kind == .divide
        }
        return isScaled ? chain : []
    }
}
