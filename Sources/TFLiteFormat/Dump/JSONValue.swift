/// A JSON document to be written.
indirect enum JSONValue {
    case null
    case bool(Bool)
    case integer(Int64)
    case float(Float)
    case string(String)
    case array([JSONValue])
    case object([(name: String, value: JSONValue)])

    /// An array of integers.
    static func integers(_ values: [Int]) -> JSONValue {
        .array(values.map { .integer(Int64($0)) })
    }

    /// The document in one line.
    ///
    /// Numbers that JSON lacks (infinities, NaN) are strings.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .float(let value): value.isFinite ? "\(value)" : "\"\(value)\""
        case .string(let value): Self.quoted(value)
        case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
        case .object(let members): "{" + members.map(Self.member).joined(separator: ", ") + "}"
        }
    }

    /// The document with the outer levels on lines of their own.
    ///
    /// - Parameter levels: how many levels of arrays and objects are broken into lines.
    func text(levels: Int, indentation: String = "") -> String {
        let inner = indentation + "  "
        func broken(_ open: String, _ lines: [String], _ close: String) -> String {
            guard !lines.isEmpty else { return open + close }
            let body = lines.map { inner + $0 }.joined(separator: ",\n")
            return "\(open)\n\(body)\n\(indentation)\(close)"
        }
        switch self {
        case .array(let values) where levels > 0:
            return broken(
                "[", values.map { $0.text(levels: levels - 1, indentation: inner) }, "]")
        case .object(let members) where levels > 0:
            let lines = members.map { member in
                let value = member.value.text(levels: levels - 1, indentation: inner)
                return "\(Self.quoted(member.name)): \(value)"
            }
            return broken("{", lines, "}")
        default:
            return text
        }
    }

    private static func member(_ member: (name: String, value: JSONValue)) -> String {
        "\(quoted(member.name)): \(member.value.text)"
    }

    private static func quoted(_ string: String) -> String {
        var result = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
