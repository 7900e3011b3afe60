import Foundations
import GraphIR
import KerasFormat

/// An argument of a call, with its tensors already built.
package indirect enum CallArgument: Sendable {
    case tensor(ValueID)
    case list([CallArgument])
    case object([String: CallArgument])
    case value(JSONValue)

    /// The tensors in it, in order.
    package var tensors: [ValueID] {
        switch self {
        case .tensor(let id): [id]
        case .list, .object: (elements ?? []).flatMap(\.tensors)
        case .value: []
        }
    }

    /// The plain value, nil if it holds tensors.
    package var json: JSONValue? {
        switch self {
        case .tensor: nil
        case .value(let value): value
        case .list(let elements):
            elements.allSatisfy { $0.json != nil } ? .array(elements.compactMap(\.json)) : nil
        case .object: nil
        }
    }

    /// The elements of a list, or those of an object in the order of their names; nil for anything else.
    package var elements: [CallArgument]? {
        switch self {
        case .list(let elements): elements
        case .object(let members): members.sorted { $0.key < $1.key }.map(\.value)
        case .value(.array(let elements)): elements.map { .value($0) }
        default: nil
        }
    }
}
