import GraphIR
import Problems
import Tensors

/// An argument of a call, with its tensors already built.
package indirect enum CallArgument: Sendable {
    case tensor(ValueID)
    case list([CallArgument])
    case value(JSONValue)

    /// The tensors in it, in order.
    package var tensors: [ValueID] {
        switch self {
        case .tensor(let id): [id]
        case .list(let elements): elements.flatMap(\.tensors)
        case .value: []
        }
    }

    /// The plain value, nil where it holds tensors.
    var json: JSONValue? {
        switch self {
        case .tensor: nil
        case .value(let value): value
        case .list(let elements):
            elements.allSatisfy { $0.json != nil } ? .array(elements.compactMap(\.json)) : nil
        }
    }
}

/// The arguments of one call of an operation, found by position or by name.
struct OperationArguments {
    let call: CallContext
    let builder: GraphBuilder

    /// The argument at a position or under one of its names; nil where it is missing or null.
    func argument(_ position: Int?, _ names: String...) -> CallArgument? {
        var found: CallArgument?
        if let position, call.arguments.indices.contains(position) {
            found = call.arguments[position]
        }
        for name in names where found == nil { found = call.keywords[name] }
        if case .value(.null)? = found { return nil }
        return found
    }

    /// The tensor that the operation is applied to.
    func input() throws -> ValueID {
        guard case .tensor(let id)? = argument(0, "x", "input", "tensor", "features", "logits")
        else { throw Problem(.missingField("the operation's tensor")) }
        return id
    }

    /// The two operands; a number or array among them becomes a constant of the other's type.
    func operands(_ first: String = "x", _ second: String = "y") throws -> (ValueID, ValueID) {
        guard let a = argument(0, first), let b = argument(1, second) else {
            throw Problem(.missingField("the operation's '\(second)'"))
        }
        guard let like = a.tensors.first ?? b.tensors.first else {
            throw Problem(.missingField("the operation's tensor"))
        }
        return (try value(a, like: like), try value(b, like: like))
    }

    /// An argument as a tensor: itself, several stacked, or a constant of the type of `like`.
    func value(_ argument: CallArgument, like: ValueID) throws -> ValueID {
        if case .tensor(let id) = argument { return id }
        guard let json = argument.json else {
            throw Problem(
                .unsupported(
                    what: "an operand made of several tensors",
                    remedy: "Stack them with a Keras layer."))
        }
        guard let array = NumberArray(json) else {
            throw Problem(
                .invalidField("operand", value: json.description, expected: "numbers"))
        }
        return builder.constant(array.constant(as: builder.dtype(of: like)), role: "constant")
    }

    /// A number.
    func number(_ position: Int?, _ name: String, default standard: Double? = nil) throws -> Double
    {
        guard let json = argument(position, name) else {
            if let standard { return standard }
            throw Problem(.missingField(name))
        }
        guard let number = json.json?.number else {
            throw Problem(.invalidField(name, value: describe(json), expected: "a number"))
        }
        return number
    }

    /// A flag.
    func flag(_ name: String, default standard: Bool = false) -> Bool {
        if case .bool(let value)? = argument(nil, name)?.json { value } else { standard }
    }

    /// A list of integers, or one; nil where it is missing or null.
    func integers(_ position: Int?, _ name: String) throws -> [Int]? {
        guard let found = argument(position, name) else { return nil }
        if let single = found.json?.int { return [single] }
        guard let list = found.json?.array?.map(\.int), !list.contains(nil) else {
            throw Problem(
                .invalidField(name, value: describe(found), expected: "whole numbers"))
        }
        return list.compactMap { $0 }
    }

    /// A piece of text; nil where it is missing.
    func text(_ name: String) -> String? { argument(nil, name)?.json?.string }

    private func describe(_ argument: CallArgument) -> String {
        argument.json?.description ?? "a tensor"
    }
}
