import TensorFlowFiles

/// Makes tables and messages for tests, sound ones and those that no TensorFlow writes.
enum TableWriter {
    /// A table of one block.
    ///
    /// - Parameters:
    ///   - entries: keys and values, sorted.
    ///   - method: the compression that the block states; 1 packs it as one literal of Snappy.
    static func table(_ entries: [(String, [UInt8])], method: UInt8 = 0) -> [UInt8] {
        let content = block(entries)
        let stored = method == 1 ? varint(content.count) + literal(content) : content
        var bytes = stored + trailer(stored, method)
        let first = varint(0) + varint(stored.count)
        let index = block([("~", first)])
        let place = varint(bytes.count) + varint(index.count)
        bytes += index + trailer(index, 0)
        let footer = varint(0) + varint(0) + place
        return bytes + footer + [UInt8](repeating: 0, count: 40 - footer.count)
            + SortedTable.signature
    }

    /// The header of a checkpoint.
    static func header(shards: Int = 1, isBigEndian: Bool = false) -> [UInt8] {
        [0x08] + varint(shards) + (isBigEndian ? [0x10, 1] : [])
    }

    /// The entry of a tensor.
    static func entry(
        type: Int, _ extents: [Int], shard: Int = 0, offset: Int, byteCount: Int
    ) -> [UInt8] {
        let dims = extents.flatMap { extent -> [UInt8] in
            let size = [0x08] + varint(extent)
            return [0x12] + varint(size.count) + size
        }
        return [0x08] + varint(type) + [0x12] + varint(dims.count) + dims
            + [0x18] + varint(shard) + [0x20] + varint(offset) + [0x28] + varint(byteCount)
    }

    static func varint(_ value: Int) -> [UInt8] {
        var rest = UInt64(bitPattern: Int64(value))
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func block(_ entries: [(String, [UInt8])]) -> [UInt8] {
        let content = entries.flatMap { key, value in
            varint(0) + varint(key.utf8.count) + varint(value.count) + Array(key.utf8) + value
        }
        return content + [0, 0, 0, 0, 1, 0, 0, 0]
    }

    private static func trailer(_ stored: [UInt8], _ method: UInt8) -> [UInt8] {
        let sum = CastagnoliChecksum.masked(stored + [method])
        return [method] + withUnsafeBytes(of: sum.littleEndian) { Array($0) }
    }

    private static func literal(_ bytes: [UInt8]) -> [UInt8] {
        [61 << 2, UInt8((bytes.count - 1) & 0xFF), UInt8((bytes.count - 1) >> 8)] + bytes
    }
}
