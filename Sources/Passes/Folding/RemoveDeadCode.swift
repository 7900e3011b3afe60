import GraphIR

/// Removes operations whose results nothing reads.
///
///     before   x ─ Dense ─ y    x ─ Softmax (unread)
///     after    x ─ Dense ─ y
package struct RemoveDeadCode: Pass {
    package let name = "remove-dead-code"
    package let summary = "Removes operations whose results nothing reads."

    package init() {}

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard node.outputs.allSatisfy({ graph.useCount(of: $0) == 0 }) else { return nil }
        var patch = GraphPatch(for: graph)
        patch.remove(node.id)
        return patch
    }
}
