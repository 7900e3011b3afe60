import TFLiteFormat

/// Pieces of C++ sources.
enum CText {
    /// Bytes as hexadecimal numbers, 16 in a line.
    static func bytes(_ bytes: UnsafeRawBufferPointer) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 6 + 64)
        for (index, byte) in bytes.enumerated() {
            text += index % 16 == 0 ? Array("    ".utf8) : [0x20]
            text += [0x30, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)], 0x2C]
            if index % 16 == 15 { text.append(0x0A) }
        }
        if !bytes.count.isMultiple(of: 16) { text.append(0x0A) }
        return String(decoding: text, as: UTF8.self)
    }

    /// A literal of a float that has the same bits.
    static func float(_ value: Float) -> String {
        if value.isNaN { return "NAN" }
        if value.isInfinite { return value < 0 ? "-INFINITY" : "INFINITY" }
        return "\(value)f"
    }

    /// A literal of a text.
    static func string(_ text: String) -> String {
        var literal = "\""
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C, 0x3F: literal += "\\" + String(UnicodeScalar(byte))
            case 0x20..<0x7F: literal += String(UnicodeScalar(byte))
            default:
                let digits = String(byte, radix: 8)
                literal += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return literal + "\""
    }

    /// A text in one line of a comment.
    static func comment(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || $0 == "\\" ? " " : $0 }))
    }

    /// The type of elements in C++; nil for types without one.
    static func type(_ type: TFLiteTensorType) -> String? {
        switch type {
        case .float32: "float"
        case .float64: "double"
        case .int8: "int8_t"
        case .int16: "int16_t"
        case .int32: "int32_t"
        case .int64: "int64_t"
        case .uint8: "uint8_t"
        case .uint16: "uint16_t"
        case .uint32: "uint32_t"
        case .uint64: "uint64_t"
        case .bool: "bool"
        default: nil
        }
    }

    /// A name with its first letter in upper case and none of its underscores: `dense_1` as `Dense1`.
    static func camelCase(_ name: String) -> String {
        name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
