/// The version of a TFLite runtime, such as `2.3.0`.
package struct RuntimeVersion: Comparable, ExpressibleByStringLiteral, Sendable {
    /// The numbers between the dots, a byte each, the first one highest.
    private let number: UInt32

    package init(stringLiteral text: StaticString) {
        number = text.withUTF8Buffer { characters in
            var (parts, part): (UInt32, UInt32) = (0, 0)
            for character in characters {
                if character == UInt8(ascii: ".") {
                    (parts, part) = ((parts | part) << 8, 0)
                } else {
                    part = part * 10 + UInt32(character &- UInt8(ascii: "0"))
                }
            }
            return parts | part
        }
    }

    /// The version of three numbers below 256.
    package init(major: UInt8, minor: UInt8, patch: UInt8) {
        number = UInt32(major) << 16 | UInt32(minor) << 8 | UInt32(patch)
    }

    /// The version as people write it.
    package var text: String { "\(number >> 16).\(number >> 8 & 0xFF).\(number & 0xFF)" }

    package static func < (left: RuntimeVersion, right: RuntimeVersion) -> Bool {
        left.number < right.number
    }

    /// The 16 bytes of the metadata `min_runtime_version`, zeros at the end.
    var padded: [UInt8] {
        let bytes = Array(text.utf8.prefix(16))
        return bytes + [UInt8](repeating: 0, count: 16 - bytes.count)
    }

    /// The first runtime that has all of these operators, as far as known.
    static func minimum(for codes: [TFLiteOperatorCode]) -> RuntimeVersion {
        var minimum: RuntimeVersion = "1.5.0"
        for code in codes {
            let releases = firstReleases(of: code.builtin)
            let index = min(code.version, releases.count) - 1
            if index >= 0 { minimum = max(minimum, releases[index]) }
        }
        return minimum
    }

    /// The highest version of an operator that a release runs; 1 for operators whose releases are unknown.
    package static func highestVersion(of builtin: BuiltinOperator, in release: Self) -> Int {
        let releases = firstReleases(of: builtin)
        return releases.isEmpty ? 1 : releases.count { $0 <= release }
    }
}
