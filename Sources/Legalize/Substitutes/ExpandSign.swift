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
        return try GraphPatch.expanding(node, in: graph) { patch in
            let isAbove = try patch.combine(.greater, node.inputs[0], 0, for: node)
            let isBelow = try patch.combine(.less, node.inputs[0], 0, for: node)
            let parts = [
                try patch.cast(isAbove, to: dtype, for: node),
                try patch.cast(isBelow, to: dtype, for: node),
            ]
            return try patch.add(Binary(.subtract).op, parts, layer: node.layer)
        }
    }
}
