import Problems

/// The text in which a configuration holds the bytes of a code object.
package enum StoredText {
    /// The bytes that a text stands for: base64 with white space anywhere, or one character for each byte (Keras up to 2.1.1).
    package static func bytes(_ text: String) -> [UInt8] {
        let first = text.unicodeScalars.first
        if first == "4" || first == "Y", let bytes = base64(text) { return bytes }
        return raw(text)
    }

    private static func base64(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var pending: UInt32 = 0
        var bits = 0
        var isPadded = false
        for byte in text.utf8 where ![0x20, 0x09, 0x0a, 0x0d].contains(byte) {
            if byte == UInt8(ascii: "=") {
                isPadded = true
                continue
            }
            guard !isPadded, let digit = digit(byte) else { return nil }
            pending = (pending << 6 | digit) & 0xffffff
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
        }
        return bits < 6 ? bytes : nil
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    /// The inverse of Python's `raw_unicode_escape`: characters above U+00FF were written as `\uXXXX`.
    private static func raw(_ text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar -> [UInt8] in
            if let byte = UInt8(exactly: scalar.value) { return [byte] }
            let digits = String(scalar.value, radix: 16)
            let width = scalar.value > 0xffff ? 8 : 4
            let zeros = String(repeating: "0", count: width - digits.count)
            return Array(((width > 4 ? "\\U" : "\\u") + zeros + digits).utf8)
        }
    }
}
