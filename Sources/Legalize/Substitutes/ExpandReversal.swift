import GraphIR
import Targets
import Tensors

/// Spells out reversals of one axis for a target without an operator for them.
///
///     before   x[a, n] ─ Reverse(1) ─ y
///     after    x ─ Gather([n − 1, …, 0], axis 1) ─ y
///
/// Requires a known extent. Exact.
struct ExpandReversal: Expansion {
    let name = "expand-reversal"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .reverse(let reverse) = node.op, !target.has(.reverseV2) else { return nil }
        let shape = graph[node.inputs[0]].shape
        let axes = reverse.axes.map { $0 < 0 ? $0 + shape.rank : $0 }
        guard axes.allSatisfy({ shape[$0] != Shape.free }) else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            try axes.reduce(node.inputs[0]) {
                try patch.gathered($0, (0..<shape[$1]).reversed(), axis: $1)
            }
        }
    }
}
