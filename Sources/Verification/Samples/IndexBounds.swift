import Foundations
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
            if keepsElements(user, of: value, in: graph) {
                return bound(of: user.output, in: graph, depth: depth + 1)
            }
            guard let gain = gain(of: user, from: value, in: graph) else { return Int.max }
            let result = bound(of: user.output, in: graph, depth: depth + 1)
            return result == Int.max ? result : (result - 1) / gain + 1
        }.min() ?? Int.max
    }

    /// By how much results of a node exceed its operands at most: of factors and sums, as they make one index of several.
    private static func gain(of node: Node, from value: ValueID, in graph: Graph) -> Int? {
        if case .binary(let op) = node.op, op.kind == .multiply {
            let other = node.inputs[0] == value ? node.inputs[1] : node.inputs[0]
            let factors = graph[other].constant?.doubles()
            guard let factors, let largest = factors.max(), factors.allSatisfy({ $0 >= 0 }),
                largest < 0x1p31
            else { return nil }
            return max(Int(largest), 1)
        }
        guard case .reduce(let op) = node.op, op.kind == .sum else { return nil }
        let extents = op.axes.map { graph[value].type.shape[$0] }
        guard !extents.contains(Shape.free) else { return nil }
        return max(extents.reduce(1) { saturatingProduct($0, $1) }, 1)
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
