import Tensors

/// A function of the elements of two inputs, which broadcast.
///
/// Inputs: a, b of one dtype. Output: the broadcast shape; bool for comparisons.
package struct Binary: OpPayload {
    /// The function.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case add, subtract, multiply, divide, maximum, minimum
        case power, squaredDifference, floorDivide, floorModulo
        case equal, notEqual, less, lessEqual, greater, greaterEqual
        case logicalAnd, logicalOr

        /// Whether the result is bool.
        package var isComparison: Bool {
            switch self {
            case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual: true
            default: false
            }
        }

        /// Whether a and b may change places.
        package var isCommutative: Bool {
            switch self {
            case .add, .multiply, .maximum, .minimum, .squaredDifference, .equal, .notEqual,
                .logicalAnd, .logicalOr:
                true
            default: false
            }
        }
    }

    package static let name = "binary"
    package var kind: Kind
    /// Only for add, subtract, multiply and divide of floats.
    package var activation = Clamp.none

    package init(_ kind: Kind, activation: Clamp = .none) {
        self.kind = kind
        self.activation = activation
    }

    package var op: Op { .binary(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 2...2, kind.rawValue)
        try Check.require(
            inputs[0].dtype == inputs[1].dtype,
            "\(kind.rawValue) of \(inputs[0].dtype.rawValue) and \(inputs[1].dtype.rawValue)")
        guard let shape = Shape.broadcast(inputs[0].shape, inputs[1].shape) else {
            try Check.require(
                false, "\(kind.rawValue): \(inputs[0].shape) does not fit \(inputs[1].shape)")
            return []
        }
        return [TensorType(kind.isComparison ? .bool : inputs[0].dtype, shape)]
    }
}
