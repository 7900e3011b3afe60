import Foundations
import GraphIR

/// What a pass remembers while every node is offered to it once, so that it need not search the graph at each.
///
/// Nodes that it has seen come before the present one in running order, unless they have been removed.
package final class PassSweep: Sendable {
    /// The nodes by the hash values of their keys.
    private let seen = Locked<[Int: [NodeID]]>([:])

    package init() {}

    /// The nodes that were noted under a key, in running order, and by chance some that were noted under others.
    ///
    /// - Throws: `Problem.Kind.overBudget` if it is the key of too many nodes.
    func nodes(like key: some Hashable) throws -> [NodeID] {
        let nodes = seen.withLock { [hash = key.hashValue] in $0[hash] ?? [] }
        try ResourceBudget.current.spend(100 * nodes.count, on: "the search for equal operations")
        return nodes
    }

    /// Notes a node under a key.
    func add(_ node: NodeID, as key: some Hashable) {
        seen.withLock { [hash = key.hashValue] in $0[hash, default: []].append(node) }
    }
}
