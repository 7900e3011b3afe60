import GraphIR
import Targets
import Tensors

/// Spells out reductions of truth values that a target has no operator for.
///
///     before   x ─ Reduce(any) ─ y
///     after    x ─ Cast(float32) ─ Reduce(max) ─ ≠ 0 ─ y
///
/// and the minimum for `all`. Exact.
struct ExpandBooleanReductions: Expansion {
    let name = "expand-boolean-reductions"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .reduce(var reduce) = node.op, reduce.kind == .any || reduce.kind == .all,
            !target.has(reduce.kind.builtin)
        else { return nil }
        reduce.kind = reduce.kind == .any ? .max : .min
        return try GraphPatch(replacing: node, in: graph) { patch in
            let numbers = try patch.cast(node.inputs[0], to: .float32)
            return try patch.binary(.notEqual, patch.add(reduce.op, [numbers]), 0)
        }
    }
}
