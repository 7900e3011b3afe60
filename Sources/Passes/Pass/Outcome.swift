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
    /// A patch that replaces the only output of `node` by what `body` builds.
    static func replacing(
        _ node: Node, in graph: Graph, _ body: (inout GraphPatch) throws -> ValueID
    ) rethrows -> Outcome {
        var patch = GraphPatch(for: graph)
        let new = try body(&patch)
        patch.replace(node.output, with: new)
        return .patch(patch)
    }

    /// This outcome with a note for the report, if it is a patch.
    func noting(_ note: String) -> Outcome {
        guard case .patch(var patch) = self else { return self }
        patch.note = note
        return .patch(patch)
    }
}
