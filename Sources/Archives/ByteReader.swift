import Problems

/// Reads little-endian numbers from bytes and refuses to read outside them.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer
    /// What is being read, for the message of a fault.
    let what: String

    /// The bytes of a range.
    func slice(_ offset: Int, _ count: Int) throws -> UnsafeRawBufferPointer {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
            throw Problem(.truncated(what: what))
        }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// The number at `offset`.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _: Number.Type, at offset: Int
    ) throws -> Number {
        let slice = try slice(offset, MemoryLayout<Number>.size)
        return Number(littleEndian: slice.loadUnaligned(as: Number.self))
    }

    /// The number at `offset` as a size or position, small enough that sums of a few cannot overflow.
    func size<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, at offset: Int
    ) throws -> Int {
        let value = try number(type, at: offset)
        guard let size = Int(exactly: value), size < 1 << 48 else {
            throw Problem(.malformed(what: what, reason: "a size of \(value)"))
        }
        return size
    }
}
