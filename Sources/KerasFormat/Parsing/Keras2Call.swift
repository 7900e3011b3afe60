import Foundations
import Problems

/// Reads calls as Keras 1 and 2 write them.
///
///     [["a", 0, 0, {}]]                             on a tensor
///     [["a", 0, 0, {}], ["b", 0, 0, {}]]            on a list
///     {"p": ["a", 0, 0, {}]}                        on a dictionary
///     ["a", 0, 0, {"y": ["b", 0, 0]}]               an operation on a tensor
///     ["_CONSTANT_VALUE", -1, 3.0, {"y": …}]        an operation on a constant
///
/// The object at the end of each reference holds the other arguments by name; it is the same in all references of a
/// call and absent in Keras 1.
struct Keras2Call {
    /// The layers of the model; they tell references from other lists in named arguments.
    let layerNames: Set<String>
    /// Whether a list of one tensor stays a list: operations keep the structure of their argument.
    let keepsLists: Bool

    private static let constantMarker = "_CONSTANT_VALUE"

    /// The call that an element of `inbound_nodes` describes.
    func call(_ node: JSONValue) throws -> CallDescription {
        var keywords: JSONObject?
        var first = try firstArgument(node, keywords: &keywords)
        if case .list(let elements) = first {
            if elements.isEmpty { return CallDescription(arguments: []) }
            if elements.count == 1, !keepsLists { first = elements[0] }
        }
        var named: [String: Argument] = [:]
        for (key, value) in zip(keywords?.keys ?? [], keywords?.values ?? []) {
            named[key] = argument(value)
        }
        return CallDescription(arguments: [first], keywordArguments: named)
    }

    /// The structure of references that a layer is called on; `keywords` becomes that of the first one.
    private func firstArgument(_ value: JSONValue, keywords: inout JSONObject?) throws -> Argument {
        switch value {
        case .array(let parts):
            if case .string? = parts.first {
                if parts.count > 3, keywords == nil { keywords = parts[3].object }
                return try reference(value, parts)
            }
            return .list(try parts.map { try firstArgument($0, keywords: &keywords) })
        case .object(let members):
            var arguments: [String: Argument] = [:]
            for (key, member) in zip(members.keys, members.values) {
                arguments[key] = try firstArgument(member, keywords: &keywords)
            }
            return .dictionary(arguments)
        default:
            throw invalid(value)
        }
    }

    private func reference(_ value: JSONValue, _ parts: [JSONValue]) throws -> Argument {
        if parts.count >= 3, parts[0].string == Self.constantMarker { return .constant(parts[2]) }
        guard let tensor = TensorReference(value) else { throw invalid(value) }
        return .tensor(tensor)
    }

    /// A named argument: a reference to a layer of the model, a structure with such inside, or a constant.
    private func argument(_ value: JSONValue) -> Argument {
        switch value {
        case .array(let elements):
            if elements.count == 3 || elements.count == 4, let name = elements[0].string {
                if name == Self.constantMarker { return .constant(elements[2]) }
                if layerNames.contains(name), let tensor = TensorReference(value) {
                    return .tensor(tensor)
                }
            }
            return .joining(elements.map { argument($0) }, or: value)
        case .object(let members):
            return .joining(members.keys, members.values.map { argument($0) }, or: value)
        default:
            return .constant(value)
        }
    }

    private func invalid(_ value: JSONValue) -> Problem {
        Problem(
            .invalidField(
                "inbound_nodes", value: value.description,
                expected: "tensors [layer, node, tensor, arguments]"))
    }
}

extension Argument {
    /// A list, or `value` as a constant if no element holds a tensor.
    static func joining(_ elements: [Argument], or value: JSONValue) -> Argument {
        elements.contains { !$0.isConstant } ? .list(elements) : .constant(value)
    }

    /// A dictionary, or `value` as a constant if no member holds a tensor.
    static func joining(_ keys: [String], _ members: [Argument], or value: JSONValue) -> Argument {
        guard members.contains(where: { !$0.isConstant }) else { return .constant(value) }
        return .dictionary(Dictionary(zip(keys, members), uniquingKeysWith: { first, _ in first }))
    }

    private var isConstant: Bool {
        if case .constant = self { true } else { false }
    }
}
