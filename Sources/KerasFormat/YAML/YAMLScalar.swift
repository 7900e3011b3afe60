import Foundations

/// What plain scalars stand for, by the rules of YAML 1.1 that PyYAML follows.
enum YAMLScalar {
    /// The characters after a backslash.
    static let escapes: [UInt8: String] = [
        UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}",
        UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}",
        UInt8(ascii: " "): " ", UInt8(ascii: "\""): "\"", UInt8(ascii: "/"): "/",
        UInt8(ascii: "\\"): "\\", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
        UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
    ]

    private static let words: [String: JSONValue] = {
        var words: [String: JSONValue] = ["": .null, "~": .null]
        let values: [(String, JSONValue)] = [
            ("null", .null), ("true", .bool(true)), ("yes", .bool(true)), ("on", .bool(true)),
            ("false", .bool(false)), ("no", .bool(false)), ("off", .bool(false)),
            (".inf", .double(.infinity)), ("+.inf", .double(.infinity)),
            ("-.inf", .double(-.infinity)), (".nan", .double(.nan)),
        ]
        for (word, value) in values {
            words[word] = value
            words[word.uppercased()] = value
            words[word.prefix(1).uppercased() + word.dropFirst()] = value
        }
        return words
    }()

    /// The value of a plain scalar: a word, a number, or its text.
    static func value(_ text: String) -> JSONValue {
        if let word = words[text] { return word }
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else {
            return .string(text)
        }
        let digits = text.replacing("_", with: "")
        if let number = integer(digits) { return .int(number) }
        let isNumber = digits.utf8.allSatisfy { "+-.eE0123456789".utf8.contains($0) }
        if isNumber, let number = Double(digits) { return .double(number) }
        return .string(text)
    }

    private static func integer(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let magnitude: Int64? =
            if digits.hasPrefix("0x") {
                Int64(digits.dropFirst(2), radix: 16)
            } else if digits.hasPrefix("0b") {
                Int64(digits.dropFirst(2), radix: 2)
            } else if digits.hasPrefix("0"), digits.utf8.count > 1 {
                Int64(digits, radix: 8)
            } else {
                Int64(digits)
            }
        return magnitude.map { isNegative ? -$0 : $0 }
    }
}
