import GraphIR

/// Removes operations whose results nothing reads.
///
///     before   x ─ Dense ─ y    x ─ Softmax (unread)
///     after    x ─ Dense ─ y
package struct RemoveDeadCode: Pass {
    package let name = "remove-dead-code"
    package let summary = "Removes operations whose results nothing reads."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard node.outputs.allSatisfy({ graph.useCount(of: $0) == 0 }) else { return .none }
        return .patch(GraphPatch(removing: node.id))
    }
}
