import GraphIR

/// Merges reshapes in a row.
///
///     before   x ─ Reshape ─ Reshape ─ y
///     after    x ─ Reshape ─ y
///
/// Exact; the shape between is not looked at.
package struct MergeReshapes: Pass {
    package let name = "merge-reshapes"
    package let summary = "Merges consecutive reshapes."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .reshape = node.op, let first = graph.producer(of: node.inputs[0]),
            case .reshape = first.op, graph[node.output].shape.canBeReshapeTarget
        else { return .none }
        let (input, target) = (first.inputs[0], graph[node.output].shape)
        return try .replacing(node, in: graph) { patch in
            let hasOneOrder = graph[input].shape.canBeReshapeTarget
            if graph[input].shape == target, hasOneOrder, !graph.isConstant(input) {
                return input
            }
            return try patch.add(Reshape(target.dims).op, [input])
        }
    }
}
