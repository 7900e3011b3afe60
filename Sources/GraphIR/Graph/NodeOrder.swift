/// The running order of nodes: a linked list, so that adding and removing take constant time.
struct NodeOrder: Sendable {
    private var links: [(previous: Int, next: Int)] = []
    private var first = Self.end
    private var last = Self.end
    private(set) var count = 0

    private static let end = -1

    /// The nodes in order.
    ///
    /// - Complexity: O(n), n being the number of nodes.
    var ids: [NodeID] {
        var result: [NodeID] = []
        result.reserveCapacity(count)
        var index = first
        while index != Self.end {
            result.append(NodeID(index))
            index = links[index].next
        }
        return result
    }

    /// Adds the next node, whose index is the number of nodes ever added, at the end or right before another one.
    mutating func insert(_ id: NodeID, before successor: NodeID?) {
        let next = successor?.index ?? Self.end
        let previous = next == Self.end ? last : links[next].previous
        links.append((previous, next))
        connect(previous, id.index)
        connect(id.index, next)
        count += 1
    }

    /// Takes out a node that is in the order.
    mutating func remove(_ id: NodeID) {
        connect(links[id.index].previous, links[id.index].next)
        count -= 1
    }

    private mutating func connect(_ a: Int, _ b: Int) {
        if a == Self.end { first = b } else { links[a].next = b }
        if b == Self.end { last = a } else { links[b].previous = a }
    }
}
