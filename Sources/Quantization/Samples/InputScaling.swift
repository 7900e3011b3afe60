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
        let factors = graph.inputs.map { factor(of: $0.value, in: graph) }
        guard factors.contains(where: { $0 != nil }) else { return [] }
        var ranges = [ObservedRange?](repeating: nil, count: factors.count)
        for index in 0..<min(samples.count, sampleCount) {
            for (position, tensor) in try samples.inputs(index).enumerated() where tensor.count > 0
            {
                let extremes = Constant(tensor).extremes()[0]
                let range = ObservedRange(extremes.low, extremes.high)
                ranges[position] = ranges[position]?.union(range) ?? range
            }
        }
        return zip(graph.inputs, zip(factors, ranges)).compactMap { port, known in
            guard let factor = known.0, let range = known.1 else { return nil }
            let spread = (range.high - range.low) * factor
            guard spread > 0, !usualSpread.contains(spread) else { return nil }
            return
                "the samples of '\(port.name)' lie between \(range.low) and \(range.high), of which the model "
                + "makes numbers \(spread) apart in its first step; give them as the model takes them, "
                + "such as pixels of 0 to 255 if it scales pixels"
        }
    }

    /// What the first operations multiply an input with; nil if they do not.
    private static func factor(of value: ValueID, in graph: Graph, steps: Int = 3) -> Double? {
        guard steps > 0, let node = graph.users(of: value).first,
            case .binary(let binary) = node.op,
            let other = node.inputs.first(where: { $0 != value }),
            let constant = graph.constant(other), graph[node.output].dtype == .float32
        else { return nil }
        let next = factor(of: node.output, in: graph, steps: steps - 1)
        let magnitude = constant.extremes().map { max(-$0.low, $0.high) }[0]
        if binary.kind == .multiply { return magnitude * (next ?? 1) }
        if binary.kind == .divide, magnitude > 0, node.inputs[0] == value {
            return (next ?? 1) / magnitude
        }
        return [.add, .subtract].contains(binary.kind) ? next : nil
    }
}
