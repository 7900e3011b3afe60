import Problems

/// Reads little-endian numbers and bytes, and never beyond the end.
struct MarshalCursor {
    let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var remaining: Int { bytes.count - position }

    mutating func byte() throws -> UInt8 {
        guard position < bytes.count else { throw Self.ended }
        position += 1
        return bytes[position - 1]
    }

    mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw Self.ended }
        position += count
        return bytes[position - count..<position]
    }

    /// An unsigned number of `count` bytes, at most 8.
    mutating func number(_ count: Int) throws -> UInt64 {
        try bytes(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A signed number of 32 bits.
    mutating func long() throws -> Int {
        Int(Int32(truncatingIfNeeded: try number(4)))
    }

    /// A number of elements that take at least one byte each.
    mutating func count() throws -> Int {
        let count = try long()
        guard count >= 0, count <= remaining else {
            throw Problem.malformedCode("a size of \(count) goes beyond the end of the data")
        }
        return count
    }

    private static let ended = Problem.malformedCode("it ends early")
}

extension Problem {
    /// Stored code that breaks the rules of its format.
    package static func malformedCode(_ reason: String) -> Problem {
        Problem(.malformed(what: "Python code", reason: reason))
    }
}
