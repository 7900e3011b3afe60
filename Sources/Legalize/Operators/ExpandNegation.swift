import GraphIR
import Targets
import Tensors

/// Spells out negations that the target does not have.
///
///     before   x ─ neg ─ y
///     after    0 − x ─ y
///
/// Exact but for the sign of 0.
struct ExpandNegation: Expansion {
    let name = "expand-negation"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        let dtype = graph[node.inputs[0]].dtype
        guard case .unary(let unary) = node.op, unary.kind == .neg, !target.takes(dtype, .neg),
            target.takes(dtype, .sub)
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            let zero = patch.scalar(0, like: node.inputs[0], role: "zero")
            return try patch.subtract(zero, node.inputs[0])
        }
    }
}
