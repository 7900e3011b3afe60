import Foundations
import GraphIR

/// What a pass remembers while every node is offered to it once, so that it need not search the graph at each.
///
/// Nodes that it has seen come before the present one in running order, unless they have been removed.
package final class PassSweep: Sendable {
    private let seen = Locked<[AnyHashable: [NodeID]]>([:])

    package init() {}

    /// The nodes that were noted under a key, in running order.
    ///
    /// - Throws: `Problem.Kind.overBudget` if it is the key of too many nodes.
    func nodes(like key: some Hashable) throws -> [NodeID] {
        let nodes = seen.withLock { $0[AnyHashable(key)] ?? [] }
        try ResourceBudget.current.spend(100 * nodes.count, on: "the search for equal operations")
        return nodes
    }

    /// Notes a node under a key.
    func add(_ node: NodeID, as key: some Hashable) {
        seen.withLock { $0[AnyHashable(key), default: []].append(node) }
    }
}
