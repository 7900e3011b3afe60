import Problems

/// The entries of a table of sorted keys, the format of `variables.index` and of LevelDB.
///
///     block, block, …      entries; each key states what it shares with the one before
///     index block          for each block the place, under a key behind its last one
///     footer, 48 bytes     the places of a block of no use and of the index block, and the signature
///
/// A block ends with its restart points, which binary search would use, a byte that states its compression, and a checksum.
package enum SortedTable {
    /// The last bytes of a table.
    package static let signature: [UInt8] = [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]

    private static let footerSize = 48
    private static let trailerSize = 5
    /// The most bytes of keys and values together, which keys that share their beginnings could multiply.
    private static let largestContent = 1 << 28

    /// An entry of a table.
    package struct Entry: Sendable, Equatable {
        package let key: String
        package let value: [UInt8]

        package init(key: String, value: [UInt8]) {
            self.key = key
            self.value = value
        }
    }

    /// Whether bytes end like a table.
    package static func hasSignature(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= footerSize && bytes.suffix(signature.count).elementsEqual(signature)
    }

    /// All entries in the order of their keys.
    ///
    /// - Throws: `malformed` or `truncated` for damaged tables, `tooLarge` beyond 256 MB of keys and values.
    package static func entries(of bytes: UnsafeRawBufferPointer) throws -> [Entry] {
        guard hasSignature(bytes) else {
            throw malformed("it does not end with the signature of a table")
        }
        var position = bytes.count - footerSize
        _ = try place(in: bytes, at: &position)
        let index = try place(in: bytes, at: &position)
        var reader = BlockReader(budget: largestContent)
        let blocks = try reader.entries(of: block(bytes, at: index))
        var entries: [Entry] = []
        for entry in blocks {
            let place = try entry.value.withUnsafeBytes { value in
                var position = 0
                return try Self.place(in: value, at: &position)
            }
            entries += try reader.entries(of: block(bytes, at: place))
        }
        return entries
    }

    /// A block's offset and size.
    private static func place(
        in bytes: UnsafeRawBufferPointer, at position: inout Int
    ) throws -> Range<Int> {
        guard let offset = Varint.read(bytes, at: &position).flatMap({ Int(exactly: $0) }),
            let count = Varint.read(bytes, at: &position).flatMap({ Int(exactly: $0) }),
            offset <= Int.max / 2, count <= Int.max / 2
        else { throw malformed("the place of a block is damaged") }
        return offset..<offset + count
    }

    /// The content of a block, checked and unpacked.
    private static func block(
        _ bytes: UnsafeRawBufferPointer, at place: Range<Int>
    ) throws -> [UInt8] {
        guard place.upperBound <= bytes.count - footerSize - trailerSize else {
            throw Problem(.truncated(what: "a block of the table"))
        }
        let content = UnsafeRawBufferPointer(rebasing: bytes[place])
        let stored = bytes.loadUnaligned(fromByteOffset: place.upperBound + 1, as: UInt32.self)
        guard
            CastagnoliChecksum.masked(bytes[place.lowerBound...place.upperBound])
                == UInt32(littleEndian: stored)
        else { throw malformed("the checksum of a block does not match") }
        switch bytes[place.upperBound] {
        case 0: return Array(content)
        case 1: return try Snappy.unpacked(content)
        case let method: throw malformed("a block has the unknown compression \(method)")
        }
    }

    static func malformed(_ reason: String) -> Problem {
        Problem(.malformed(what: "index of a TensorFlow checkpoint", reason: reason))
    }
}

/// Reads the entries of blocks as long as the budget lasts.
private struct BlockReader {
    /// How many bytes of keys and values may follow.
    var budget: Int

    mutating func entries(of block: [UInt8]) throws -> [SortedTable.Entry] {
        try block.withUnsafeBytes { try entries(of: $0) }
    }

    private mutating func entries(
        of block: UnsafeRawBufferPointer
    ) throws -> [SortedTable.Entry] {
        guard block.count >= 4 else { throw Problem(.truncated(what: "a block of the table")) }
        let restarts = Int(
            UInt32(
                littleEndian: block.loadUnaligned(
                    fromByteOffset: block.count - 4, as: UInt32.self)))
        guard restarts <= (block.count - 4) / 4 else {
            throw SortedTable.malformed("the restart points of a block are damaged")
        }
        let content = UnsafeRawBufferPointer(
            rebasing: block[..<(block.count - 4 - 4 * restarts)])
        var entries: [SortedTable.Entry] = []
        var key: [UInt8] = []
        var position = 0
        while position < content.count {
            let shared = try size(content, &position)
            let rest = try size(content, &position)
            let count = try size(content, &position)
            guard shared <= key.count, rest <= content.count - position,
                count <= content.count - position - rest
            else { throw SortedTable.malformed("an entry of a block is damaged") }
            key = Array(key[..<shared]) + content[position..<position + rest]
            position += rest
            budget -= key.count + count
            guard budget >= 0 else {
                throw Problem(.tooLarge(what: "the table", value: "more than 256 MB"))
            }
            entries.append(
                SortedTable.Entry(
                    key: String(decoding: key, as: UTF8.self),
                    value: Array(content[position..<position + count])))
            position += count
        }
        return entries
    }

    private func size(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) throws -> Int {
        guard let value = Varint.read(bytes, at: &position), value <= UInt64(bytes.count) else {
            throw SortedTable.malformed("a size in a block is damaged")
        }
        return Int(value)
    }
}
