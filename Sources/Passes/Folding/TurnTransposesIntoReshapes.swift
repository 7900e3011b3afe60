import GraphIR
import Tensors

/// Turns a transposition that moves only axes of extent 1 into a reshape.
///
///     before   x [1, 1, 1, 8] ─ Transpose(0, 3, 1, 2) ─ y
///     after    x ─ Reshape [1, 8, 1, 1] ─ y
///
/// A reshape moves no data and merges with others. Exact.
package struct TurnTransposesIntoReshapes: Pass {
    package let name = "turn-transposes-into-reshapes"
    package let summary = "Turns transpositions that move only axes of extent 1 into reshapes."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .transpose(let payload) = node.op,
            graph[node.inputs[0]].shape.keepsOrder(under: payload.permutation),
            graph[node.output].shape.canBeReshapeTarget
        else { return .none }
        return try .replacing(node, in: graph) { patch in
            try patch.add(Reshape(graph[node.output].shape.dims).op, [node.inputs[0]])
        }
    }
}

extension Shape {
    /// Whether a transposition leaves elements in their order in memory: it moves only axes of extent 1.
    func keepsOrder(under permutation: [Int]) -> Bool {
        let moved = permutation.filter { dims[$0] != 1 }
        return moved == moved.sorted()
    }
}
