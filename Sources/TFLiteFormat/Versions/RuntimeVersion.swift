/// The version of a TFLite runtime, such as `2.3.0`.
package struct RuntimeVersion: Comparable, ExpressibleByStringLiteral, Sendable {
    /// The version as people write it.
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(stringLiteral text: String) {
        self.init(text)
    }

    private var parts: [Int] {
        text.split(separator: ".").map { Int($0) ?? 0 }
    }

    package static func < (left: RuntimeVersion, right: RuntimeVersion) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
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
