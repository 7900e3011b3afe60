/// Prints expressions as Python writes them: `x / 127.5 - 1.0`.
package struct PythonText {
    /// The largest expression that is printed whole.
    static let largestSize = 2000

    /// The number of characters after which the text is cut.
    private let maximum: Int

    package init(maximum: Int = 4000) {
        self.maximum = maximum
    }

    /// The text of an expression, cut behind the maximum.
    package func text(_ expression: PythonExpression) -> String {
        guard expression.size <= Self.largestSize else { return "…" }
        let text = Self.print(expression, within: .lowest)
        return text.count <= maximum ? text : text.prefix(maximum) + "…"
    }

    /// How tightly operators bind, weakest first.
    enum Binding: Int, Comparable {
        case lowest, conditional, or, and, not, comparison, bitOr, bitXor, bitAnd, shift, sum
        case product, sign, power, primary

        static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }

        var next: Binding { Binding(rawValue: rawValue + 1) ?? .primary }
    }

    private static func print(_ expression: PythonExpression, within outer: Binding) -> String {
        let (text, binding) = print(expression)
        return binding < outer ? "(\(text))" : text
    }

    private static func print(_ expression: PythonExpression) -> (String, Binding) {
        switch expression.node {
        case .constant(let constant):
            let text = constant.text
            return (text, text.hasPrefix("-") ? .sign : .primary)
        case .name(let name): return (name, .primary)
        case .attribute(let x, let name): return (print(attributed: x) + "." + name, .primary)
        case .call(let function, let arguments):
            return (print(function, within: .primary) + "(" + print(arguments) + ")", .primary)
        case .binary(let kind, let x, let y): return print(kind, x, y)
        case .unary(.not, let x): return ("not " + print(x, within: .not), .not)
        case .unary(let kind, let x): return (kind.rawValue + print(x, within: .sign), .sign)
        case .comparison(let kind, let x, let y):
            let sides = [x, y].map { print($0, within: .bitOr) }
            return (sides.joined(separator: " \(kind.rawValue) "), .comparison)
        case .conditional(let test, let yes, let no):
            let parts = [
                print(yes, within: .or), print(test, within: .or), print(no, within: .conditional),
            ]
            return ("\(parts[0]) if \(parts[1]) else \(parts[2])", .conditional)
        case .item(let x, let index):
            return (print(x, within: .primary) + "[" + print(index: index) + "]", .primary)
        case .slice: return ("slice(" + print(index: expression) + ")", .primary)
        case .tuple(let elements):
            let comma = elements.count == 1 ? "," : ""
            return ("(" + list(elements) + comma + ")", .primary)
        case .list(let elements): return ("[" + list(elements) + "]", .primary)
        case .dictionary(let pairs):
            let entries = pairs.map {
                print($0.key, within: .lowest) + ": " + print($0.value, within: .lowest)
            }
            return ("{" + entries.joined(separator: ", ") + "}", .primary)
        case .function(let parameters, let body):
            let head =
                parameters.isEmpty ? "lambda" : "lambda " + parameters.joined(separator: ", ")
            return (head + ": " + print(body, within: .lowest), .lowest)
        }
    }

    /// A number needs brackets in front of a dot.
    private static func print(attributed x: PythonExpression) -> String {
        if case .integer = x.constant { return "(" + print(x, within: .lowest) + ")" }
        return print(x, within: .primary)
    }

    private static func print(
        _ kind: PythonExpression.BinaryOperator, _ x: PythonExpression, _ y: PythonExpression
    ) -> (String, Binding) {
        let binding = binding(of: kind)
        guard kind != .power else {
            return (print(x, within: .primary) + " ** " + print(y, within: .sign), .power)
        }
        let left = print(x, within: binding)
        return ("\(left) \(kind.rawValue) \(print(y, within: binding.next))", binding)
    }

    static func binding(of kind: PythonExpression.BinaryOperator) -> Binding {
        switch kind {
        case .or: .bitOr
        case .exclusiveOr: .bitXor
        case .and: .bitAnd
        case .shiftLeft, .shiftRight: .shift
        case .add, .subtract: .sum
        case .power: .power
        default: .product
        }
    }

    private static func list(_ elements: [PythonExpression]) -> String {
        elements.map { print($0, within: .lowest) }.joined(separator: ", ")
    }

    private static func print(_ arguments: [PythonExpression.Argument]) -> String {
        arguments.map { argument in
            let value = print(argument.value, within: .lowest)
            return argument.name.map { "\($0)=\(value)" } ?? value
        }.joined(separator: ", ")
    }

    /// What stands between square brackets: `:, 1:3`.
    private static func print(index: PythonExpression) -> String {
        switch index.node {
        case .tuple(let parts) where !parts.isEmpty:
            let comma = parts.count == 1 ? "," : ""
            return parts.map { print(index: $0) }.joined(separator: ", ") + comma
        case .slice(let start, let stop, let step):
            let bounds = [start, stop].map { $0.map { print($0, within: .lowest) } ?? "" }
            let last = step.map { ":" + print($0, within: .lowest) } ?? ""
            return bounds.joined(separator: ":") + last
        default: return print(index, within: .lowest)
        }
    }
}

extension PythonConstant {
    /// The value as Python prints it.
    var text: String {
        switch self {
        case .none: "None"
        case .ellipsis: "..."
        case .boolean(let value): value ? "True" : "False"
        case .integer(let value): String(value)
        case .float(let value):
            value.isNaN
                ? "float('nan')"
                : value.isInfinite ? value < 0 ? "-float('inf')" : "float('inf')" : "\(value)"
        case .string(let text): Self.quoted(text)
        }
    }

    private static func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        var result = String(quote)
        for scalar in text.unicodeScalars {
            switch scalar {
            case quote, "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                let isControl = scalar.value < 0x20 || scalar.value == 0x7f
                let digits = String(scalar.value, radix: 16)
                result +=
                    isControl ? "\\x" + (digits.count < 2 ? "0" : "") + digits : String(scalar)
            }
        }
        return result + String(quote)
    }
}
