import Foundations
import GraphIR
import KerasFormat
import Problems
import PythonCode

/// A value in the function of a Lambda.
package indirect enum LambdaValue {
    case tensor(ValueID)
    case plain(PythonConstant)
    case tuple([LambdaValue])
    case list([LambdaValue])
    /// An array of numbers, with which operators compute element by element.
    case array([LambdaValue])
    /// Complex numbers: their real and imaginary parts, of the same shape.
    case complex(ValueID, ValueID)
    case dictionary([(key: LambdaValue, value: LambdaValue)])
    case slice(LambdaValue, LambdaValue, LambdaValue)
    /// A module, or a function of one, by its path: `tf.nn.relu`.
    case path(String)
    /// A method of a value.
    case method(LambdaValue, String)
    /// A function that the code itself makes.
    case function(([LambdaValue]) throws -> LambdaValue)

    /// The tensor; nil for anything else.
    var id: ValueID? {
        if case .tensor(let id) = self { id } else { nil }
    }

    /// The elements of a tuple, list or array.
    package var elements: [LambdaValue]? {
        switch self {
        case .tuple(let elements), .list(let elements), .array(let elements): elements
        default: nil
        }
    }

    /// Whether operators compute with the value element by element.
    var isArray: Bool {
        if case .array = self { true } else { false }
    }

    /// The plain value; nil for anything else.
    package var constant: PythonConstant? {
        if case .plain(let constant) = self { constant } else { nil }
    }

    static func integer(_ value: Int) -> LambdaValue { .plain(.integer(value)) }

    /// Python's None.
    package static var none: LambdaValue { .plain(.none) }

    var isNone: Bool { constant == PythonConstant.none }

    /// The value that a configuration holds: a number, text, list, or an array of NumPy's.
    package init(_ json: JSONValue) {
        switch json {
        case .null: self = .none
        case .bool(let flag): self = .plain(.boolean(flag))
        case .int(let value): self = .plain(.integer(Int(value)))
        case .double(let value): self = .plain(.float(value))
        case .string(let text): self = .plain(.string(text))
        case .array(let elements): self = .list(elements.map { LambdaValue($0) })
        case .object(let object):
            if let array = object["config"]?["value"] ?? object["value"] {
                let value = LambdaValue(array)
                self = value.elements.map { .array($0) } ?? value
            } else {
                self = .dictionary(
                    zip(object.keys, object.values).map { (.plain(.string($0)), LambdaValue($1)) })
            }
        }
    }

    /// The value of an argument of a call.
    package init(_ argument: CallArgument) {
        switch argument {
        case .tensor(let id): self = .tensor(id)
        case .list(let elements): self = .list(elements.map { LambdaValue($0) })
        case .object(let members):
            self = .dictionary(
                members.sorted { $0.key < $1.key }.map {
                    (.plain(.string($0.key)), LambdaValue($0.value))
                })
        case .value(let json): self = LambdaValue(json)
        }
    }

    /// The value as an argument of an operation.
    ///
    /// - Throws: `LambdaFault` if an operation cannot take it.
    func argument() throws -> CallArgument {
        switch self {
        case .tensor(let id): return .tensor(id)
        case .plain(let constant): return .value(constant.json)
        case .tuple(let elements), .list(let elements), .array(let elements):
            return .list(try elements.map { try $0.argument() })
        case .slice(let start, let stop, let step):
            let bounds = ["start": start, "stop": stop, "step": step]
            return .object(try bounds.mapValues { try $0.argument() })
        case .complex: throw LambdaFault.notUnderstood("an operation on complex numbers")
        case .dictionary: throw LambdaFault.notUnderstood("a dictionary as an argument")
        case .path(let path): throw LambdaFault.notUnderstood("'\(path)' as an argument")
        case .method(_, let name): throw LambdaFault.notUnderstood("'\(name)' as an argument")
        case .function: throw LambdaFault.notUnderstood("a function as an argument")
        }
    }
}

extension PythonConstant {
    /// The value as JSON; an ellipsis is the text of one.
    var json: JSONValue {
        switch self {
        case .none: .null
        case .ellipsis: .string("...")
        case .boolean(let value): .bool(value)
        case .integer(let value): .int(Int64(value))
        case .float(let value): .double(value)
        case .string(let text): .string(text)
        }
    }
}

/// Why the function of a Lambda cannot be converted.
package enum LambdaFault: Error {
    /// A global variable or function of the author's, which no file holds.
    case global(String)
    /// A function that surrounds the code, of which the file holds the name alone.
    case callee(String)
    /// A function that is known to have no operations here.
    case function(String)
    /// A function that is followed for each element of a batch whose size is free.
    case freeBatch(String)
    /// Complex numbers as what the whole function returns.
    case complexResult
    /// An operation that cannot be built.
    case problem(Problem)
    /// Something else, in words.
    case notUnderstood(String)

    static let computedIndex = LambdaFault.notUnderstood("an index that is a tensor")
}
