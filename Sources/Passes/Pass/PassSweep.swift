import Foundations
import GraphIR

/// What a pass remembers while every node is offered to it once, so that it need not search the graph at each.
///
/// Nodes that it has seen come before the present one in running order, unless they have been removed.
package final class PassSweep: Sendable {
    /// The nodes by the hash values of their keys.
    private let seen = Locked<[Int: [NodeID]]>([:])
    /// What was computed, by the hash values of its keys.
    private let results = Locked<[Int: [(key: any Sendable, result: any Sendable)]]>([:])

    package init() {}

    /// The nodes that were noted under a key, in running order, and by chance some that were noted under others.
    ///
    /// - Throws: `Problem.Kind.overBudget` if it is the key of too many nodes.
    func nodes(like key: some Hashable) throws -> [NodeID] {
        let nodes = seen.withLock { [hash = key.hashValue] in $0[hash] ?? [] }
        try ResourceBudget.current.spend(100 * nodes.count, on: "the search for equal operations")
        return nodes
    }

    /// The result of `compute`, which depends on the key alone and runs once for each.
    func result<Key: Hashable & Sendable, Result: Sendable>(
        of key: Key, _ compute: () throws -> Result
    ) rethrows -> Result {
        let hash = key.hashValue
        for known in results.withLock({ $0[hash] ?? [] }) where known.key as? Key == key {
            if let result = known.result as? Result { return result }
        }
        let result = try compute()
        results.withLock { $0[hash, default: []].append((key, result)) }
        return result
    }

    /// Notes a node under a key.
    func add(_ node: NodeID, as key: some Hashable) {
        seen.withLock { [hash = key.hashValue] in $0[hash, default: []].append(node) }
    }
}
