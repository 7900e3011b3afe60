import GraphIR
import Targets

/// Spells out squares of numbers that the operator does not take.
///
///     before   x ─ square ─ y
///     after    x ─ x · x ─ y
///
/// Exact.
struct ExpandSquare: Expansion {
    let name = "expand-square"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .unary(let unary) = node.op, unary.kind == .square,
            !target.takes(graph[node.inputs[0]].dtype, .square),
            target.takes(graph[node.inputs[0]].dtype, .mul)
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) {
            try $0.add(Binary(.multiply).op, [node.inputs[0], node.inputs[0]])
        }
    }
}
