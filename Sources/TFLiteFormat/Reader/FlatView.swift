import Problems

/// The bytes of a FlatBuffer that nobody has checked yet.
struct FlatBytes {
    /// The whole file.
    let bytes: UnsafeRawBufferPointer
    /// What may still be read; shared by all views of the file.
    let budget: ReadBudget

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        budget = ReadBudget(fileByteCount: bytes.count)
    }

    /// The integer at `position`.
    ///
    /// - Throws: `Problem.Kind.truncated` if it is not inside of the file.
    func integer<Number: FixedWidthInteger & BitwiseCopyable>(
        at position: Int, as _: Number.Type = Number.self
    ) throws -> Number {
        guard position >= 0, position <= bytes.count - MemoryLayout<Number>.size else {
            throw Problem(.truncated(what: "the TFLite file"))
        }
        return Number(
            littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Number.self))
    }

    /// Where the offset at `position` leads.
    func target(ofOffsetAt position: Int) throws -> Int {
        position + Int(try integer(at: position, as: UInt32.self))
    }

    /// The root table.
    func root() throws -> FlatTableView {
        try FlatTableView(self, at: target(ofOffsetAt: 0))
    }
}

/// Limits what is read from a file to a multiple of its size.
///
/// In a hostile file many references can lead to the same table. Without a limit its contents would be made again for
/// each of them, and memory would grow with a power of the size.
final class ReadBudget {
    private var remaining: Int

    /// Generous for files that share tables: 16 times the file and 1 MB.
    init(fileByteCount: Int) {
        let (product, overflow) = fileByteCount.multipliedReportingOverflow(by: 16)
        remaining = overflow ? Int.max : max(product, product &+ (1 << 20))
    }

    /// Takes `byteCount` from what may be read.
    func take(_ byteCount: Int) throws {
        guard byteCount <= remaining else {
            throw Problem(
                .malformed(what: "TFLite file", reason: "its tables are shared too often"))
        }
        remaining -= byteCount
    }
}

/// A table of a FlatBuffer that is being read.
struct FlatTableView {
    private let file: FlatBytes
    private let position: Int
    private let vtable: Int
    private let vtableByteCount: Int
    private let tableByteCount: Int

    /// The table at `position`.
    ///
    /// - Throws: `Problem.Kind.truncated` or `malformed` if it or its vtable is not inside of the file.
    init(_ file: FlatBytes, at position: Int) throws {
        self.file = file
        self.position = position
        vtable = position - Int(try file.integer(at: position, as: Int32.self))
        vtableByteCount = Int(try file.integer(at: vtable, as: UInt16.self))
        tableByteCount = Int(try file.integer(at: vtable + 2, as: UInt16.self))
        guard vtableByteCount >= 4, vtableByteCount % 2 == 0, tableByteCount >= 4 else {
            throw Problem(.malformed(what: "TFLite file", reason: "a table has a wrong size"))
        }
        guard vtableByteCount <= file.bytes.count - vtable,
            tableByteCount <= file.bytes.count - position
        else {
            throw Problem(.truncated(what: "the TFLite file"))
        }
        try file.budget.take(tableByteCount + 16)
    }

    /// Where a field is in the file; nil if the table lacks it.
    private func field(_ slot: Int, byteCount: Int) throws -> Int? {
        let entry = 4 + 2 * slot
        guard entry + 2 <= vtableByteCount else { return nil }
        let offset = Int(try file.integer(at: vtable + entry, as: UInt16.self))
        guard offset != 0 else { return nil }
        guard offset >= 4, offset + byteCount <= tableByteCount else {
            throw Problem(
                .malformed(what: "TFLite file", reason: "a field lies outside of its table"))
        }
        return position + offset
    }

    /// An integer; `defaultValue` if it is absent.
    func integer<Number: FixedWidthInteger & BitwiseCopyable>(
        _ slot: Int, default defaultValue: Number = 0
    ) throws -> Number {
        guard let field = try field(slot, byteCount: MemoryLayout<Number>.size) else {
            return defaultValue
        }
        return try file.integer(at: field)
    }

    /// A 32-bit integer that is 0 if it is absent.
    func int(_ slot: Int, default defaultValue: Int32 = 0) throws -> Int {
        Int(try integer(slot, default: defaultValue))
    }

    /// An unsigned 32-bit integer that is 0 if it is absent.
    func index(_ slot: Int) throws -> Int {
        Int(try integer(slot, default: 0 as UInt32))
    }

    /// A boolean.
    func bool(_ slot: Int, default defaultValue: Bool = false) throws -> Bool {
        try integer(slot, default: defaultValue ? 1 : 0 as UInt8) != 0
    }

    /// A float that is 0 if it is absent.
    func float(_ slot: Int) throws -> Float {
        Float(bitPattern: try integer(slot))
    }

    /// A value of an enumeration; the one numbered 0 if it is absent.
    func enumeration<Value: SchemaEnum>(_ slot: Int, as _: Value.Type = Value.self) throws -> Value
    {
        let number: Int8 = try integer(slot)
        guard let value = Value(rawValue: number) else {
            throw Problem(
                .malformed(
                    what: "TFLite file",
                    reason: "\(number) is not a value of the enumeration \(Value.self)"))
        }
        return value
    }

    /// A table that the field refers to; nil if it is absent.
    func table(_ slot: Int) throws -> FlatTableView? {
        guard let field = try field(slot, byteCount: 4) else { return nil }
        return try FlatTableView(file, at: file.target(ofOffsetAt: field))
    }

    /// The region of a vector's elements and their number; nil if it is absent.
    private func vector(_ slot: Int, elementByteCount: Int) throws -> Range<Int>? {
        guard let field = try field(slot, byteCount: 4) else { return nil }
        let start = try file.target(ofOffsetAt: field)
        let count = Int(try file.integer(at: start, as: UInt32.self))
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: elementByteCount)
        guard !overflow, byteCount <= file.bytes.count - start - 4 else {
            throw Problem(.truncated(what: "the TFLite file"))
        }
        return start + 4..<start + 4 + byteCount
    }

    /// The data of a table `Buffer`: a vector of bytes, or a region behind the FlatBuffer; nil if it has none.
    func bufferBytes() throws -> UnsafeRawBufferPointer? {
        let (position, size): (UInt64, UInt64) = (try integer(1), try integer(2))
        guard position > 1 else {
            return try vector(0, elementByteCount: 1).map {
                UnsafeRawBufferPointer(rebasing: file.bytes[$0])
            }
        }
        guard let start = Int(exactly: position), let count = Int(exactly: size),
            start <= file.bytes.count, count <= file.bytes.count - start
        else {
            throw Problem(.truncated(what: "a constant behind the tables of the TFLite file"))
        }
        return UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + count])
    }

    /// A vector of integers, each turned into a value by `transform`; empty if it is absent.
    func integers<Number: FixedWidthInteger & BitwiseCopyable, Value>(
        _ slot: Int, _ transform: (Number) -> Value
    ) throws -> [Value] {
        let size = MemoryLayout<Number>.size
        guard let range = try vector(slot, elementByteCount: size) else { return [] }
        try file.budget.take(range.count)
        return try stride(from: range.lowerBound, to: range.upperBound, by: size).map {
            transform(try file.integer(at: $0))
        }
    }

    /// A string; nil if it is absent.
    ///
    /// Bytes that are not UTF-8 are replaced.
    func string(_ slot: Int) throws -> String? {
        guard let range = try vector(slot, elementByteCount: 1) else { return nil }
        guard try file.integer(at: range.upperBound, as: UInt8.self) == 0 else {
            throw Problem(.malformed(what: "TFLite file", reason: "a string has no end"))
        }
        try file.budget.take(range.count)
        return String(decoding: UnsafeRawBufferPointer(rebasing: file.bytes[range]), as: UTF8.self)
    }

    /// A vector of tables, each turned into a value by `transform`; empty if it is absent.
    func tables<Value>(_ slot: Int, _ transform: (FlatTableView) throws -> Value) throws -> [Value]
    {
        guard let range = try vector(slot, elementByteCount: 4) else { return [] }
        return try stride(from: range.lowerBound, to: range.upperBound, by: 4).map {
            try transform(FlatTableView(file, at: file.target(ofOffsetAt: $0)))
        }
    }
}
