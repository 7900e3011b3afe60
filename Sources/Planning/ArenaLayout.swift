/// Places tensors in one block of memory so that those that are needed at the same time do not overlap.
///
/// Variables lie at the start. The other groups of `TensorLifetimes` are placed from the largest to the smallest, each at
/// the lowest offset that is free while it lives.
package struct ArenaLayout: Sendable {
    /// When the tensors are needed.
    package let lifetimes: TensorLifetimes
    /// The offset of each tensor; nil for those that lie elsewhere.
    package private(set) var offsets: [Int?] = []
    /// The size of the block.
    package private(set) var byteCount = 0
    /// The bytes at its start that hold the variables.
    package private(set) var variableByteCount = 0

    /// Every tensor starts at a multiple of this.
    package static let alignment = 64

    /// The layout of tensors with these lifetimes.
    package init(_ lifetimes: TensorLifetimes) {
        self.lifetimes = lifetimes
        let groupOffsets = place(lifetimes.groups, lifetimes.variableCount)
        offsets = lifetimes.groupOf.map { group in group.map { groupOffsets[$0] } }
    }

    private mutating func place(
        _ groups: [TensorLifetimes.Group], _ variableCount: Int
    ) -> [Int] {
        var offsets = Array(repeating: 0, count: groups.count)
        for index in 0..<variableCount {
            offsets[index] = byteCount
            byteCount += Self.aligned(groups[index].byteCount)
        }
        variableByteCount = byteCount
        var placed = PlacedGroups()
        let order = (variableCount..<groups.count).sorted {
            (groups[$1].byteCount, $0) < (groups[$0].byteCount, $1)
        }
        for index in order {
            let (group, size) = (groups[index], Self.aligned(groups[index].byteCount))
            let offset = placed.lowestOffset(for: group, size: size, from: variableByteCount)
            offsets[index] = offset
            byteCount = max(byteCount, offset + size)
            placed.insert(PlacedGroups.Place(group, offset: offset, size: size))
        }
        return offsets
    }

    private static func aligned(_ bytes: Int) -> Int {
        (bytes + alignment - 1) / alignment * alignment
    }
}
