import GraphIR
import Targets
import Tensors

/// Spells out clamps that a target has no operator for.
///
///     before   x ─ ReLU0To1 ─ y
///     after    x ─ ReLU ─ minimum(1) ─ y
///
/// and `maximum(−1)`, `minimum(1)` for ReLUN1To1. Exact.
struct ExpandClamps: Expansion {
    let name = "expand-clamps"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .unary(let unary) = node.op,
            unary.kind == .relu0To1 || unary.kind == .reluN1To1, !target.has(unary.kind.builtin)
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            let low =
                unary.kind == .relu0To1
                ? try patch.unary(.relu, node.inputs[0])
                : try patch.binary(.maximum, node.inputs[0], -1)
            return try patch.binary(.minimum, low, 1)
        }
    }
}
