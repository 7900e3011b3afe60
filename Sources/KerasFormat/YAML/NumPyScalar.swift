import Foundations

/// Numbers of NumPy in YAML: the type and the bytes.
///
///     !!python/object/apply:numpy.core.multiarray.scalar
///     - !!python/object/apply:numpy.dtype
///       args: [i8, 0, 1]
///     - !!binary |
///       EAAAAAAAAAA=
enum NumPyScalar {
    /// The number that a type (`i8`, `f4`) and base64 of its little-endian bytes stand for; nil if they do not fit.
    static func value(type: String, base64: String) -> JSONValue? {
        let bytes = decoded(base64)
        let plain = type.drop { "<=|".contains($0) }
        guard let kind = plain.first, Int(plain.dropFirst()) == bytes.count, bytes.count <= 8 else {
            return nil
        }
        let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let unused = UInt64(64 - 8 * bytes.count)
        switch (kind, bytes.count) {
        case ("i", 1...8): return .int(Int64(bitPattern: bits << unused) >> Int64(unused))
        case ("u", 1...7): return .int(Int64(bits))
        case ("b", 1): return .bool(bits != 0)
        case ("f", 8): return .double(Double(bitPattern: bits))
        case ("f", 4): return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        default: return nil
        }
    }

    private static func decoded(_ text: String) -> [UInt8] {
        let digits = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for character in text.utf8.prefix(64) {
            guard let digit = digits.firstIndex(of: character) else { continue }
            bits = (bits << 6 | digit) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return bytes
    }
}
