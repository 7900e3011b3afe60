/// Groups of tensors that have their place in a block of memory, for finding room for another one.
///
/// They are sorted by offset, then by time, in chunks that know when their groups are needed: groups at one offset follow each
/// other in time, so that most chunks are passed over.
package struct PlacedGroups {
    /// A group with the bytes that it takes.
    package struct Place {
        let offset: Int
        let end: Int
        let first: Int
        let last: Int

        package init(_ group: TensorLifetimes.Group, offset: Int, size: Int) {
            self.offset = offset
            end = offset + size
            first = group.first
            last = group.last
        }

        fileprivate var key: (Int, Int) { (offset, first) }
    }

    private static let largestChunk = 64

    private var chunks: [[Place]] = []
    /// The time at which the first group of each chunk is written, and that at which the last is read.
    private var times: [(first: Int, last: Int)] = []

    /// No groups.
    package init() {}

    /// The lowest offset from `start` on at which `size` bytes are free while `group` is needed.
    package func lowestOffset(for group: TensorLifetimes.Group, size: Int, from start: Int) -> Int {
        var offset = start
        for index in chunks.indices
        where times[index].first <= group.last && group.first <= times[index].last {
            for place in chunks[index] where place.first <= group.last && group.first <= place.last
            {
                if offset + size <= place.offset { return offset }
                offset = max(offset, place.end)
            }
        }
        return offset
    }

    /// Adds a group where there is room.
    package mutating func insert(_ place: Place) {
        guard !chunks.isEmpty else {
            chunks.append([place])
            times.append((place.first, place.last))
            return
        }
        let chunk = min(
            Self.index(in: chunks) { $0[$0.count - 1].key >= place.key }, chunks.count - 1)
        let position = Self.index(in: chunks[chunk]) { $0.key >= place.key }
        chunks[chunk].insert(place, at: position)
        if chunks[chunk].count > Self.largestChunk {
            let half = chunks[chunk].count / 2
            chunks.insert(Array(chunks[chunk][half...]), at: chunk + 1)
            chunks[chunk].removeSubrange(half...)
            times.insert(Self.times(of: chunks[chunk + 1]), at: chunk + 1)
            times[chunk] = Self.times(of: chunks[chunk])
        } else {
            times[chunk].first = min(times[chunk].first, place.first)
            times[chunk].last = max(times[chunk].last, place.last)
        }
    }

    private static func times(of chunk: [Place]) -> (first: Int, last: Int) {
        chunk.reduce((Int.max, 0)) { (min($0.0, $1.first), max($0.1, $1.last)) }
    }

    /// The first index from which on a condition holds.
    private static func index<Element>(
        in elements: [Element], from condition: (Element) -> Bool
    ) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(elements[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
