import Problems

/// A piece of an HDF5 file that is read from front to back, with every step checked.
struct HDF5Cursor {
    /// What the piece is, for messages.
    let what: String
    /// Where the piece starts in the file.
    let start: Int
    /// The next byte, from the start of the piece.
    private(set) var position = 0
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer, start: Int, what: String) {
        self.bytes = bytes
        self.start = start
        self.what = what
    }

    /// The number of bytes that are left.
    var remaining: Int { bytes.count - position }

    /// The piece is not what it has to be.
    var fault: Problem {
        Problem(.malformed(what: "HDF5 file", reason: "the \(what) at byte \(start) is damaged"))
    }

    /// Throws `fault` unless `condition` holds.
    func require(_ condition: Bool) throws {
        guard condition else { throw fault }
    }

    /// The next little-endian number.
    mutating func read<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws -> Number {
        try require(remaining >= MemoryLayout<Number>.size)
        let value = bytes.loadUnaligned(fromByteOffset: position, as: Number.self)
        position += MemoryLayout<Number>.size
        return Number(littleEndian: value)
    }

    /// The next number, which has to fit.
    mutating func readInt<Number: FixedWidthInteger>(_: Number.Type) throws -> Int {
        guard let value = Int(exactly: try read(Number.self)) else { throw fault }
        return value
    }

    mutating func skip(_ count: Int) throws {
        try require(count >= 0 && count <= remaining)
        position += count
    }

    /// Reads the letters that a structure starts with.
    mutating func expect(_ signature: StaticString) throws {
        for index in 0..<signature.utf8CodeUnitCount {
            try require(try read(UInt8.self) == signature.utf8Start[index])
        }
    }

    /// The next `count` bytes as a piece of their own.
    mutating func piece(_ count: Int, what: String) throws -> HDF5Cursor {
        let first = position
        try skip(count)
        return HDF5Cursor(
            UnsafeRawBufferPointer(rebasing: bytes[first..<position]), start: start + first,
            what: what)
    }

    /// Whether there is a NUL among the bytes from `offset` on.
    func holdsString(at offset: Int) -> Bool {
        offset >= 0 && offset < bytes.count && bytes[offset...].contains(0)
    }
}

/// The bytes of an HDF5 file, by address.
struct HDF5Space {
    /// Stands for no address.
    static let undefined = UInt64.max

    let bytes: UnsafeRawBufferPointer
    /// Where address 0 is in the file: behind the user block.
    let base: Int

    /// The `count` bytes at `address`.
    func piece(at address: UInt64, count: Int, what: String) throws -> HDF5Cursor {
        let fault = Problem(
            .malformed(what: "HDF5 file", reason: "a \(what) is outside the file"))
        guard let offset = Int(exactly: address)?.addingReportingOverflow(base),
            !offset.overflow, offset.partialValue <= bytes.count, count >= 0,
            count <= bytes.count - offset.partialValue
        else { throw fault }
        let start = offset.partialValue
        return HDF5Cursor(
            UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]), start: start,
            what: what)
    }
}
