import Problems

/// Blocks that Snappy has compressed: literals, and copies of what precedes.
package enum Snappy {
    /// The largest block that is unpacked, in bytes.
    private static let largestBlock = 1 << 26

    /// The bytes that `source` stands for.
    ///
    /// - Throws: `malformed` if lengths or distances contradict, `tooLarge` beyond 64 MB.
    package static func unpacked(_ source: UnsafeRawBufferPointer) throws -> [UInt8] {
        let damaged = Problem(
            .malformed(what: "compressed block", reason: "its lengths contradict"))
        var position = 0
        guard let stated = Varint.read(source, at: &position) else { throw damaged }
        guard stated <= UInt64(largestBlock) else {
            throw Problem(.tooLarge(what: "a compressed block", value: "\(stated) bytes"))
        }
        var result: [UInt8] = []
        // A copy takes at least two bytes for 64, so that a forged size reserves little.
        result.reserveCapacity(min(Int(stated), source.count * 32))
        while position < source.count {
            let tag = source[position]
            position += 1
            var count = Int(tag >> 2) + 1
            let extra: Int
            switch tag & 3 {
            case 0:
                extra = max(count - 60, 0)
                if extra > 0 {
                    guard let more = number(source, &position, extra) else { throw damaged }
                    count = more + 1
                }
                guard count <= source.count - position, count <= Int(stated) - result.count else {
                    throw damaged
                }
                result += source[position..<position + count]
                position += count
                continue
            case 1:
                count = Int(tag >> 2 & 7) + 4
                extra = 1
            case 2: extra = 2
            default: extra = 4
            }
            guard var distance = number(source, &position, extra) else { throw damaged }
            if extra == 1 { distance |= Int(tag >> 5) << 8 }
            guard distance > 0, distance <= result.count, count <= Int(stated) - result.count else {
                throw damaged
            }
            for _ in 0..<count { result.append(result[result.count - distance]) }
        }
        guard result.count == Int(stated) else { throw damaged }
        return result
    }

    /// The number of `count` bytes at `position`, the lowest first.
    private static func number(
        _ source: UnsafeRawBufferPointer, _ position: inout Int, _ count: Int
    ) -> Int? {
        guard count <= source.count - position else { return nil }
        defer { position += count }
        return (0..<count).reduce(0) { $0 | Int(source[position + $1]) << (8 * $1) }
    }
}
