import GraphIR
import Targets
import Tensors

/// Casts indices of a type that the operator does not take.
///
///     before   uint8 ─ OneHot ─ y
///     after    uint8 ─ Cast(int32) ─ OneHot ─ y
///
/// Exact.
struct CastIndices: Expansion {
    let name = "cast-indices"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .oneHot = node.op, !target.takes(graph[node.inputs[0]].dtype, .oneHot),
            target.takes(.int32, .oneHot)
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            let indices = try patch.add(Cast(to: .int32).op, node.inputs, role: "CAST")
            return try patch.add(node.op, [indices])
        }
    }
}
