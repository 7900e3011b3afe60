import Problems

/// A message in the wire format of Protocol Buffers: a sequence of numbered fields.
///
/// Nothing is decoded before it is asked for, and a message inside another is a part of its bytes, so that reading takes no
/// memory and a forged length no more than one check. Only a few small messages of TensorFlow are read, which takes less code
/// than the generated sources of the files that they are defined in.
struct ProtobufMessage {
    /// The content of a field.
    enum Value {
        case integer(UInt64)
        case fixed32(UInt32)
        case fixed64(UInt64)
        /// Text, bytes or a message.
        case bytes(UnsafeRawBufferPointer)
    }

    let bytes: UnsafeRawBufferPointer
    /// What is being read, for the message of a fault.
    let what: String

    /// Calls `body` with every field, in the order of the bytes.
    ///
    /// - Throws: `truncated` or `malformed` for damaged fields, and what `body` throws.
    func forEachField(_ body: (Int, Value) throws -> Void) throws {
        var position = 0
        while position < bytes.count {
            let key = try varint(at: &position)
            guard let number = Int(exactly: key >> 3), number > 0 else {
                throw Problem(.malformed(what: what, reason: "a field has the number 0"))
            }
            switch key & 7 {
            case 0:
                try body(number, .integer(try varint(at: &position)))
            case 1:
                let part = try part(at: &position, count: 8)
                try body(
                    number, .fixed64(UInt64(littleEndian: part.loadUnaligned(as: UInt64.self))))
            case 2:
                guard let count = Int(exactly: try varint(at: &position)) else {
                    throw Problem(.truncated(what: what))
                }
                try body(number, .bytes(try part(at: &position, count: count)))
            case 5:
                let part = try part(at: &position, count: 4)
                try body(
                    number, .fixed32(UInt32(littleEndian: part.loadUnaligned(as: UInt32.self))))
            default:
                throw Problem(
                    .malformed(what: what, reason: "a field has the unknown type \(key & 7)"))
            }
        }
    }

    /// The messages in a field, in their order.
    func messages(_ number: Int) throws -> [ProtobufMessage] {
        var messages: [ProtobufMessage] = []
        try forEachField { field, value in
            if field == number, case .bytes(let bytes) = value {
                messages.append(ProtobufMessage(bytes: bytes, what: what))
            }
        }
        return messages
    }

    /// The last message in a field, as it counts in a field that occurs once.
    func message(_ number: Int) throws -> ProtobufMessage? { try messages(number).last }

    /// The text of a field; empty for a missing one.
    func text(_ number: Int) throws -> String {
        try messages(number).last.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }

    /// The number in a field; 0 for a missing one.
    func integer(_ number: Int) throws -> Int64 {
        var result: UInt64 = 0
        try forEachField { field, value in
            if field == number, case .integer(let integer) = value { result = integer }
        }
        return Int64(bitPattern: result)
    }

    /// The numbers in a repeated field, each on its own or packed.
    func integers(_ number: Int) throws -> [Int64] {
        var result: [Int64] = []
        try forEachField { field, value in
            guard field == number else { return }
            switch value {
            case .integer(let integer): result.append(Int64(bitPattern: integer))
            case .bytes(let packed):
                var position = 0
                while position < packed.count {
                    guard let integer = Varint.read(packed, at: &position) else {
                        throw Problem(.truncated(what: what))
                    }
                    result.append(Int64(bitPattern: integer))
                }
            case .fixed32, .fixed64: break
            }
        }
        return result
    }

    private func part(at position: inout Int, count: Int) throws -> UnsafeRawBufferPointer {
        guard count >= 0, count <= bytes.count - position else {
            throw Problem(.truncated(what: what))
        }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    private func varint(at position: inout Int) throws -> UInt64 {
        guard let value = Varint.read(bytes, at: &position) else {
            throw Problem(.truncated(what: what))
        }
        return value
    }
}

/// Numbers of seven bits a byte, the lowest first, as Protocol Buffers and the tables of TensorFlow write them.
enum Varint {
    /// The number at `position`, which moves behind it; nil if it does not end within the bytes and 64 bits.
    static func read(_ bytes: UnsafeRawBufferPointer, at position: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
