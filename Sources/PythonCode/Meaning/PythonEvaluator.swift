/// Computes the value of an expression by what a client says that its parts mean.
///
/// A part that is shared is computed once. Only the branch of a conditional that is taken is computed.
package final class PythonEvaluator<Meaning: PythonMeaning> {
    package typealias Value = Meaning.Value

    private let meaning: Meaning
    private let parameters: [String: Value]
    /// The values of parts, with the parts, which keep their identity as long as they live.
    private var known: [ObjectIdentifier: (part: PythonExpression, value: Value)] = [:]

    /// - Parameter parameters: the values of names that are parameters.
    package init(_ meaning: Meaning, parameters: [String: Value]) {
        self.meaning = meaning
        self.parameters = parameters
    }

    /// The value of an expression.
    package func value(of expression: PythonExpression) throws -> Value {
        if let known = known[ObjectIdentifier(expression)] { return known.value }
        let value = try computed(expression.node)
        known[ObjectIdentifier(expression)] = (expression, value)
        return value
    }

    private func computed(_ node: PythonExpression.Node) throws -> Value {
        switch node {
        case .constant(let constant): return try meaning.constant(constant)
        case .name(let name): return try parameters[name] ?? meaning.name(name)
        case .attribute(let x, let name): return try meaning.attribute(name, of: value(of: x))
        case .call(let function, let arguments): return try called(function, arguments)
        case .binary(let kind, let x, let y):
            return try meaning.binary(kind, value(of: x), value(of: y))
        case .unary(let kind, let x): return try meaning.unary(kind, value(of: x))
        case .comparison(let kind, let x, let y):
            return try meaning.comparison(kind, value(of: x), value(of: y))
        case .conditional(let test, let yes, let no):
            return try value(of: meaning.isTrue(value(of: test)) ? yes : no)
        case .item(let x, let index):
            return try meaning.item(of: value(of: x), at: value(of: index))
        case .slice(let start, let stop, let step):
            let bounds = try [start, stop, step].map { try $0.map { try value(of: $0) } }
            return try meaning.slice(bounds[0], bounds[1], bounds[2])
        case .tuple(let elements): return try meaning.tuple(elements.map { try value(of: $0) })
        case .list(let elements): return try meaning.list(elements.map { try value(of: $0) })
        case .dictionary(let pairs):
            return try meaning.dictionary(
                pairs.map { (try value(of: $0.key), try value(of: $0.value)) })
        case .function(let names, let body):
            let (meaning, outer) = (meaning, parameters)
            return try meaning.function(parameterCount: names.count) { values in
                let inner = outer.merging(zip(names, values)) { $1 }
                return try PythonEvaluator(meaning, parameters: inner).value(of: body)
            }
        }
    }

    private func called(
        _ function: PythonExpression, _ arguments: [PythonExpression.Argument]
    ) throws -> Value {
        var positional: [Value] = []
        var keywords: [(name: String, value: Value)] = []
        let called = try value(of: function)
        for (position, argument) in arguments.enumerated() {
            let value: Value
            do {
                value = try self.value(of: argument.value)
            } catch _ where meaning.canDoWithout(argument.name, at: position, of: called) {
                value = try meaning.constant(.none)
            }
            if let name = argument.name {
                keywords.append((name, value))
            } else {
                positional.append(value)
            }
        }
        return try meaning.call(called, positional, keywords)
    }
}
