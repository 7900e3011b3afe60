import Foundation
import PythonCode

/// Computes expressions with plain numbers and lists.
struct NumberMeaning: PythonMeaning {
    enum Value: Equatable {
        case plain(PythonConstant)
        case list([Value])
        case slice([Value?])
        case function(String)

        /// The integer; nil for other values.
        var integer: Int? {
            if case .plain(let constant) = self { constant.integer } else { nil }
        }
    }

    struct Unknown: Error {
        let what: String
    }

    func constant(_ constant: PythonConstant) -> Value { .plain(constant) }

    func name(_ name: String) throws -> Value { .function(name) }

    func attribute(_ name: String, of value: Value) throws -> Value {
        guard case .function("math") = value else { throw Unknown(what: name) }
        return name == "pi" ? .plain(.float(.pi)) : .function("math.\(name)")
    }

    func call(
        _ function: Value, _ arguments: [Value], _ keywords: [(name: String, value: Value)]
    ) throws -> Value {
        guard case .function(let name) = function else { throw Unknown(what: "\(function)") }
        if name == "len", case .list(let elements)? = arguments.first {
            return .plain(.integer(elements.count))
        }
        let numbers = arguments.compactMap { argument -> Double? in
            if case .plain(let constant) = argument { constant.number } else { nil }
        }
        switch (name, numbers.count) {
        case ("math.sqrt", 1): return .plain(.float(numbers[0].squareRoot()))
        case ("math.floor", 1): return .plain(.integer(Int(numbers[0].rounded(.down))))
        case ("max", _): return arguments[numbers.firstIndex(of: numbers.max() ?? 0) ?? 0]
        default: throw Unknown(what: name)
        }
    }

    func binary(
        _ kind: PythonExpression.BinaryOperator, _ x: Value, _ y: Value
    ) throws -> Value {
        guard case .plain(let a) = x, case .plain(let b) = y,
            let value = PythonArithmetic.binary(kind, a, b)
        else { throw Unknown(what: "\(x) \(kind) \(y)") }
        return .plain(value)
    }

    func unary(_ kind: PythonExpression.UnaryOperator, _ x: Value) throws -> Value {
        guard case .plain(let a) = x, let value = PythonArithmetic.unary(kind, a) else {
            throw Unknown(what: "\(kind) \(x)")
        }
        return .plain(value)
    }

    func comparison(
        _ kind: PythonExpression.Comparison, _ x: Value, _ y: Value
    ) throws -> Value {
        guard case .plain(let a) = x, case .plain(let b) = y,
            let value = PythonArithmetic.comparison(kind, a, b)
        else { throw Unknown(what: "\(x) \(kind) \(y)") }
        return .plain(.boolean(value))
    }

    func item(of value: Value, at index: Value) throws -> Value {
        guard case .list(let elements) = value else { throw Unknown(what: "\(value)") }
        if case .slice(let bounds) = index,
            let indices = PythonArithmetic.indices(
                bounds[0]?.integer, bounds[1]?.integer, bounds[2]?.integer ?? 1,
                count: elements.count)
        {
            return .list(indices.map { elements[$0] })
        }
        guard let place = index.integer else { throw Unknown(what: "\(index)") }
        return elements[place < 0 ? place + elements.count : place]
    }

    func slice(_ start: Value?, _ stop: Value?, _ step: Value?) -> Value {
        .slice([start, stop, step])
    }

    func tuple(_ elements: [Value]) -> Value { .list(elements) }

    func list(_ elements: [Value]) -> Value { .list(elements) }

    func dictionary(_ pairs: [(key: Value, value: Value)]) throws -> Value {
        throw Unknown(what: "a dictionary")
    }

    func isTrue(_ value: Value) throws -> Bool {
        guard case .plain(let constant) = value else { throw Unknown(what: "\(value)") }
        return constant.isTrue
    }

    func function(
        parameterCount: Int, _ body: @escaping ([Value]) throws -> Value
    ) throws -> Value {
        throw Unknown(what: "a function")
    }
}

extension NumberMeaning.Value: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .plain(.none)
        } else if let value = try? container.decode(Bool.self) {
            self = .plain(.boolean(value))
        } else if let value = try? container.decode(Int.self) {
            self = .plain(.integer(value))
        } else if let value = try? container.decode(Double.self) {
            self = .plain(.float(value))
        } else if let value = try? container.decode(String.self) {
            self = .plain(.string(value))
        } else {
            self = .list(try container.decode([NumberMeaning.Value].self))
        }
    }

    /// The value as an expression.
    var expression: PythonExpression {
        switch self {
        case .plain(let constant): PythonExpression(constant)
        case .list(let elements): PythonExpression(.list(elements.map(\.expression)))
        case .slice, .function: PythonExpression(.ellipsis)
        }
    }

    /// Whether all numbers are the same, of whatever type.
    func equals(_ other: NumberMeaning.Value) -> Bool {
        switch (self, other) {
        case (.plain(let a), .plain(let b)):
            a == b || a.number != nil && a.number == b.number
        case (.list(let a), .list(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
        default: false
        }
    }
}
