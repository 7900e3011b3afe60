import Foundations

/// A call with constants as Python writes it: `quantized_bits(4, 0, alpha='auto')`.
struct PythonCall {
    let name: String
    private let positional: [JSONValue]
    private let named: [(String, JSONValue)]

    /// The call in a text; a name alone is a call without arguments, and anything else gives nil.
    init?(_ text: String) {
        let parts = text.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
        name = parts[0].trimmingSpaces()
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
            return nil
        }
        guard parts.count == 2 else {
            (positional, named) = ([], [])
            return
        }
        let inner = parts[1].trimmingSpaces()
        guard inner.hasSuffix(")") else { return nil }
        var positional: [JSONValue] = []
        var named: [(String, JSONValue)] = []
        for argument in inner.dropLast().split(separator: ",") {
            let sides = argument.split(separator: "=", maxSplits: 1)
            guard let last = sides.last, let value = Self.value(last.trimmingSpaces()) else {
                return nil
            }
            if sides.count == 2 {
                named.append((sides[0].trimmingSpaces(), value))
            } else {
                positional.append(value)
            }
        }
        (self.positional, self.named) = (positional, named)
    }

    /// The arguments by name, positional ones under the names of the parameters.
    func arguments(named parameters: [String]) -> JSONObject {
        var arguments = JSONObject()
        for (name, value) in Array(zip(parameters, positional)) + named { arguments[name] = value }
        return arguments
    }

    private static func value(_ text: String) -> JSONValue? {
        switch text {
        case "True": return .bool(true)
        case "False": return .bool(false)
        case "None": return .null
        default: break
        }
        if let number = Int64(text) { return .int(number) }
        if let number = Double(text) { return .double(number) }
        guard text.count >= 2, let quote = text.first, quote == "'" || quote == "\"",
            text.last == quote
        else { return nil }
        return .string(String(text.dropFirst().dropLast()))
    }
}

extension Substring {
    /// The text without spaces at its ends.
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
