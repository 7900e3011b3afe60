import Planning

/// The places that the runtime's planner gives to buffers: those with a fixed place first, then from the largest to the
/// smallest, each at the lowest offset that is free while it is needed.
package struct GreedyPlan {
    /// The offset of each buffer; nil for those that are not placed.
    package let offsets: [Int?]
    /// The bytes of memory that the buffers take.
    package let byteCount: Int
    /// The number of buffers placed.
    package let placedCount: Int

    /// The places of buffers.
    ///
    /// - Parameter fixed: the places that a file gives; nil for a buffer without one.
    package init(_ buffers: [BufferTimes.Buffer], fixed: [Int?]) {
        let placed = buffers.indices.filter { buffers[$0].isPlaced }
        placedCount = placed.count
        func isFixed(_ index: Int) -> Bool { fixed.indices.contains(index) && fixed[index] != nil }
        // Equal sizes are taken in reverse order.
        let order = placed.filter { !isFixed($0) }.sorted {
            (Self.aligned(buffers[$1].byteCount), $1) < (Self.aligned(buffers[$0].byteCount), $0)
        }
        (offsets, byteCount) = Self.place(
            placed.filter(isFixed) + order, buffers, fixed: fixed)
    }

    /// Places buffers one after the other at their fixed offsets or the lowest free ones.
    static func place(
        _ order: [Int], _ buffers: [BufferTimes.Buffer], fixed: [Int?] = []
    ) -> (offsets: [Int?], byteCount: Int) {
        var offsets: [Int?] = Array(repeating: nil, count: buffers.count)
        var places = PlacedGroups()
        var byteCount = 0
        for index in order {
            let size = aligned(buffers[index].byteCount)
            let group = TensorLifetimes.Group(
                first: buffers[index].first, last: buffers[index].last, byteCount: size)
            let given = fixed.indices.contains(index) ? fixed[index] : nil
            let offset = given ?? places.lowestOffset(for: group, size: size, from: 0)
            offsets[index] = offset
            byteCount = max(byteCount, offset + size)
            places.insert(PlacedGroups.Place(group, offset: offset, size: size))
        }
        return (offsets, byteCount)
    }

    /// The size that the runtime reserves for a buffer.
    static func aligned(_ byteCount: Int) -> Int { byteCount.roundedUp(to: 16) }
}

extension Int {
    /// The least multiple of `alignment` that is not less than this.
    func roundedUp(to alignment: Int) -> Int {
        (self + alignment - 1) / alignment * alignment
    }
}
