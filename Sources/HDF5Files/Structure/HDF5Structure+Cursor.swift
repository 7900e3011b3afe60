import Problems

/// Reads the fields of one structure of an HDF5 file from front to back and never leaves it.
///
/// Positions count from the start of the file, addresses in the file from its format.
struct HDF5StructureCursor {
    let bytes: UnsafeRawBufferPointer
    private let base: Int
    private let addressSize: Int
    private let lengthSize: Int
    /// The structure, as errors name it.
    let what: StaticString
    private(set) var position: Int
    let end: Int

    /// - Throws: `malformed` if the structure reaches beyond the end of the file.
    init(
        _ bytes: UnsafeRawBufferPointer, _ format: HDF5Format, at position: Int,
        count: Int, _ what: StaticString
    ) throws {
        self.bytes = bytes
        base = format.base
        addressSize = format.addressSize
        lengthSize = format.lengthSize
        self.what = what
        self.position = position
        guard position >= 0, count >= 0, position <= bytes.count, count <= bytes.count - position
        else {
            end = bytes.count
            throw fault("it reaches beyond the end of the file")
        }
        end = position + count
    }

    private init(_ other: HDF5StructureCursor, end: Int, _ what: StaticString) {
        bytes = other.bytes
        base = other.base
        addressSize = other.addressSize
        lengthSize = other.lengthSize
        position = other.position
        self.what = what
        self.end = end
    }

    /// The bytes that are left.
    var count: Int { end - position }

    /// Passes `count` bytes and returns where they start.
    @discardableResult
    mutating func skip(_ count: Int) throws -> Int {
        guard count >= 0, count <= end - position else {
            throw fault("\(count) bytes needed and \(end - position) left")
        }
        defer { position += count }
        return position
    }

    /// Passes the next `count` bytes and returns a cursor over them.
    mutating func part(_ count: Int, _ what: StaticString) throws -> HDF5StructureCursor {
        let part = self
        try skip(count)
        return HDF5StructureCursor(part, end: position, what)
    }

    mutating func byte() throws -> Int { Int(bytes[try skip(1)]) }

    mutating func uint16() throws -> Int {
        Int(bytes.loadUnaligned(fromByteOffset: try skip(2), as: UInt16.self).littleEndian)
    }

    mutating func uint32() throws -> Int {
        Int(bytes.loadUnaligned(fromByteOffset: try skip(4), as: UInt32.self).littleEndian)
    }

    /// An unsigned number of `width` bytes, 1 to 8.
    mutating func unsigned(_ width: Int) throws -> UInt64 {
        if width == 8 {
            return bytes.loadUnaligned(fromByteOffset: try skip(8), as: UInt64.self).littleEndian
        }
        let start = try skip(width)
        return bytes[start..<start + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A length as the file stores lengths, whatever its value.
    mutating func length() throws -> UInt64 { try unsigned(lengthSize) }

    /// The length of something in the file.
    ///
    /// - Throws: `malformed` if it is longer than the file.
    mutating func lengthInFile() throws -> Int {
        let length = try length()
        guard length <= UInt64(bytes.count) else { throw fault("a length of \(length) bytes") }
        return Int(length)
    }

    /// The position that an address names; nil for the undefined address.
    ///
    /// - Throws: `malformed` if it is outside the file.
    mutating func optionalAddress() throws -> Int? {
        let address = try unsigned(addressSize)
        let undefined = UInt64.max >> UInt64(64 - 8 * addressSize)
        if address == undefined { return nil }
        guard address <= UInt64(bytes.count - base) else {
            throw fault("the address \(address) is outside the file")
        }
        return base + Int(address)
    }

    mutating func address() throws -> Int {
        guard let address = try optionalAddress() else { throw fault("an address is undefined") }
        return address
    }

    /// Passes four letters.
    mutating func signature(_ letters: StaticString) throws {
        let start = try skip(4)
        guard hasSignature(letters, at: start) else { throw fault("no signature '\(letters)'") }
    }

    /// Whether four letters stand at a position; false at the end of the file.
    func hasSignature(_ letters: StaticString, at position: Int) -> Bool {
        guard letters.utf8CodeUnitCount == 4, position >= 0, position <= bytes.count - 4 else {
            return false
        }
        let stored = bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
        return letters.withUTF8Buffer {
            UnsafeRawBufferPointer($0).loadUnaligned(as: UInt32.self) == stored
        }
    }

    /// Passes a byte that has to be one of a range of numbers.
    @discardableResult
    mutating func byte(in range: ClosedRange<Int>, _ name: StaticString) throws -> Int {
        let value = try byte()
        guard range.contains(value) else { throw fault("\(name) \(value)") }
        return value
    }

    /// Passes a text and the NUL that ends it.
    ///
    /// - Returns: the bytes of the text without the NUL.
    @discardableResult
    mutating func text() throws -> Int {
        guard let length = bytes[position..<end].firstIndex(of: 0).map({ $0 - position }) else {
            throw fault("a name has no end")
        }
        position += length + 1
        return length
    }

    /// The problem at the current position.
    func fault(_ reason: String) -> Problem {
        Problem(
            .malformed(what: "HDF5 file", reason: "\(what) at byte \(position): \(reason)"))
    }
}
