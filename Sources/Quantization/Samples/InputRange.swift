import GraphIR
import Tensors

/// Which numbers a model expects, as far as its first operation tells.
package enum InputRange {
    /// The range that training found, or pixels of 0 to 255 if the input is scaled down to about 1 first; nil if nothing is
    /// known.
    package static func expected(of input: ValueID, in graph: Graph) -> ObservedRange? {
        if let range = graph[input].trainedRange { return ObservedRange(range.low, range.high) }
        let users = graph.users(of: input)
        guard let factor = users.lazy.compactMap({ factor(of: $0, on: input, in: graph) }).first,
            factor > 0, factor < 1.0 / 32
        else { return nil }
        return ObservedRange(0, 255)
    }

    private static func factor(of node: Node, on input: ValueID, in graph: Graph) -> Double? {
        guard case .binary(let binary) = node.op,
            let other = node.inputs.first(where: { $0 != input }),
            let constant = graph.constant(other)
        else { return nil }
        let magnitude = constant.extremes().map { max(-$0.low, $0.high) }[0]
        if binary.kind == .multiply { return magnitude }
        if binary.kind == .divide, magnitude > 0 { return 1 / magnitude }
        guard [.add, .subtract].contains(binary.kind) else { return nil }
        return graph.users(of: node.output).lazy
            .compactMap { factor(of: $0, on: node.output, in: graph) }.first
    }
}
