import GraphIR
import Targets

/// A rewriting that a target calls for.
protocol Expansion: Sendable {
    /// The name that the new nodes carry, in kebab case.
    var name: String { get }

    /// The change that `node` needs on `target`; nil if it needs none.
    ///
    /// One pass over the nodes must be enough: what a patch adds is not looked at by the same expansion again.
    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch?
}
