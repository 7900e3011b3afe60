import GraphIR
import Tensors

/// Computes once what is computed several times.
///
///     before   x ─ ReLU ─ y    x ─ ReLU ─ z
///     after    x ─ ReLU ─ y = z
///
/// Operations are equal if their attributes and inputs are; constants are equal if they show the same stored elements
/// or, if they are small, have equal elements. Exact.
package struct MergeCommonSubexpressions: Pass {
    package let name = "merge-common-subexpressions"
    package let summary = "Computes equal operations on equal inputs once."

    package init() {}

    package func rewrite(
        _ node: Node, in graph: Graph, _ context: PassContext
    ) throws -> Outcome {
        guard let variable = node.inputs.first(where: { !graph.isConstant($0) }) else {
            return .none
        }
        let users = graph.users(of: variable)
        guard users.count > 1 else { return .none }
        var patch = GraphPatch(for: graph)
        var merged: Set<NodeID> = [node.id]
        for other in users where merged.insert(other.id).inserted {
            guard other.op == node.op, other.inputs.count == node.inputs.count,
                zip(node.inputs, other.inputs).allSatisfy({ isSame($0, $1, in: graph) })
            else { continue }
            for (old, new) in zip(other.outputs, node.outputs) where graph.useCount(of: old) > 0 {
                patch.replace(old, with: new)
            }
        }
        return patch.replacements.isEmpty ? .none : .patch(patch)
    }

    private func isSame(_ a: ValueID, _ b: ValueID, in graph: Graph) -> Bool {
        if a == b { return true }
        guard let first = graph.constant(a), let second = graph.constant(b),
            graph[a].type == graph[b].type
        else { return false }
        if first.isSameView(as: second) { return true }
        return first.shape.elementCount <= 64 && first.doubles() == second.doubles()
    }
}
