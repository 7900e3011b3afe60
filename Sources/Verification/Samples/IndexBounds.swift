import GraphIR
import Tensors

/// Finds inputs whose elements end as indices, and how large these may be.
enum IndexBounds {
    /// For each input the number of valid indices, the smallest of those who read them; `Int.max` for others.
    static func bounds(of graph: Graph) -> [Int] {
        graph.inputs.map { bound(of: $0.value, in: graph, depth: 0) }
    }

    private static func bound(of value: ValueID, in graph: Graph, depth: Int) -> Int {
        guard depth < 16 else { return Int.max }
        return graph.users(of: value).map { user in
            if let reader = user.op.payload.indexReading,
                user.inputs[type(of: reader).indexInput] == value
            {
                let count = reader.indexCount(for: graph.types(of: user.inputs))
                return count == Shape.free ? 1 : count
            }
            return keepsElements(user, of: value, in: graph)
                ? bound(of: user.output, in: graph, depth: depth + 1) : Int.max
        }.min() ?? Int.max
    }

    /// Whether the results of a node are elements of `value`, perhaps of another type.
    private static func keepsElements(_ node: Node, of value: ValueID, in graph: Graph) -> Bool {
        if case .cast = node.op { return true }
        let linearity = graph.linearity(of: node)
        return linearity == .joining || (linearity == .selection && node.inputs[0] == value)
    }
}

extension Graph {
    /// For each input the number of valid indices if its elements end as such; `Int.max` for others.
    package var inputIndexBounds: [Int] { IndexBounds.bounds(of: self) }
}
