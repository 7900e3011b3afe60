import GraphIR

/// What a pass makes of a node.
package enum Outcome: Sendable {
    /// The node does not have the pattern of the pass.
    case none
    /// The node has the pattern, but something stands in the way, in words for the report.
    case refused(String)
    /// The graph is to be changed so.
    case patch(GraphPatch)
}

extension Outcome {
    /// A patch that replaces the only output of `node` by the value that `body` makes; none if it makes none.
    static func replacing(
        _ node: Node, in graph: Graph, _ body: (PatchWriter) throws -> ValueID?
    ) rethrows -> Outcome {
        try GraphPatch(replacing: node, in: graph, body).map(Outcome.patch) ?? .none
    }

    /// This outcome with a note for the report, if it is a patch.
    func noting(_ note: String) -> Outcome {
        guard case .patch(var patch) = self else { return self }
        patch.note = note
        return .patch(patch)
    }
}
