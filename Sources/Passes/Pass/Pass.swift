import GraphIR

/// A rewriting of one pattern.
///
/// A pass looks at one node at a time and proposes a change; it never mutates. The driver applies the change, checks it and
/// offers every node again until no pass proposes anything.
package protocol Pass: Sendable {
    /// The name under which the pass is listed and switched off, in kebab case.
    var name: String { get }

    /// What the pass does, in one sentence.
    var summary: String { get }

    /// What the pattern around `node` calls for.
    ///
    /// New values equal the ones they replace up to rounding. A pass makes progress: its result does not fit its own pattern
    /// again for ever.
    ///
    /// - Throws: `Problem` for a fault of the pass or of the graph, never because the pattern does not fit.
    func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome
}
