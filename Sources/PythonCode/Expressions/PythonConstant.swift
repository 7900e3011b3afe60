/// A plain value of Python.
package enum PythonConstant: Sendable, Equatable {
    case none
    case ellipsis
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    case string(String)

    /// Whether Python takes the value for true in a condition.
    package var isTrue: Bool {
        switch self {
        case .none: false
        case .ellipsis: true
        case .boolean(let value): value
        case .integer(let value): value != 0
        case .float(let value): value != 0
        case .string(let text): !text.isEmpty
        }
    }

    /// The value of an integer or boolean.
    package var integer: Int? {
        switch self {
        case .boolean(let value): value ? 1 : 0
        case .integer(let value): value
        default: nil
        }
    }

    /// The value of any number.
    package var number: Double? {
        if case .float(let value) = self { value } else { integer.map(Double.init) }
    }
}
