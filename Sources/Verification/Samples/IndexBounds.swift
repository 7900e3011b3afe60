import GraphIR
import Tensors

/// Finds inputs whose elements end as indices, and how large these may be.
enum IndexBounds {
    /// For each input the number of valid indices: the smallest table that it is gathered from; `Int.max` for others.
    static func bounds(of graph: Graph) -> [Int] {
        graph.inputs.map { bound(of: $0.value, in: graph, depth: 0) }
    }

    private static func bound(of value: ValueID, in graph: Graph, depth: Int) -> Int {
        guard depth < 16 else { return Int.max }
        return graph.users(of: value).map { user in
            switch user.op {
            case .gather(let gather) where user.inputs[1] == value:
                let extent = graph[user.inputs[0]].shape[gather.axis]
                return extent == Shape.free ? 1 : extent
            case .oneHot(let oneHot): return oneHot.depth
            case .reshapeLike where user.inputs[0] != value: return Int.max
            case .cast, .reshape, .reshapeLike, .slice, .boundedSlice, .transpose, .concatenate,
                .reverse:
                return bound(of: user.output, in: graph, depth: depth + 1)
            default: return Int.max
            }
        }.min() ?? Int.max
    }
}
