import GraphIR
import Targets
import Tensors

/// Spells out signs for a target without an operator for them.
///
///     before   x ─ sign ─ y
///     after    y = Cast(x > 0) − Cast(x < 0)
///
/// Exact but for NaN, which becomes 0 as in the runtime's operator.
struct ExpandSign: Expansion {
    let name = "expand-sign"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .unary(let unary) = node.op, unary.kind == .sign, !target.has(.sign)
        else { return nil }
        let dtype = graph[node.output].dtype
        return try GraphPatch(replacing: node, in: graph) { patch in
            let isAbove = try patch.binary(.greater, node.inputs[0], 0)
            let isBelow = try patch.binary(.less, node.inputs[0], 0)
            return try patch.subtract(
                patch.cast(isAbove, to: dtype), patch.cast(isBelow, to: dtype))
        }
    }
}
