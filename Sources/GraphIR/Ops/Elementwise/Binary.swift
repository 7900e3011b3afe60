import Tensors

/// A function of the elements of two inputs, which broadcast.
///
/// Inputs: a, b of one dtype. Output: the broadcast shape; bool for comparisons.
package struct Binary: OpPayload {
    /// The function.
    package enum Kind: String, Attribute, CaseIterable {
        case add, subtract, multiply, divide, maximum, minimum
        case power, squaredDifference, floorDivide, floorModulo
        /// The angle of the point (b, a), from −π to π.
        case arcTangent
        case equal, notEqual, less, lessEqual, greater, greaterEqual
        case logicalAnd, logicalOr

        /// Whether the result is bool.
        package var isComparison: Bool {
            switch self {
            case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual: true
            default: false
            }
        }

        /// Whether the runtime's operator can clamp its result.
        fileprivate var clamps: Bool {
            switch self {
            case .add, .subtract, .multiply, .divide: true
            default: false
            }
        }

        fileprivate var quantizationRule: QuantizationRule {
            switch self {
            case .add, .subtract, .multiply, .divide, .squaredDifference: .free
            case .maximum, .minimum: .sameAsOutput
            case .power, .floorDivide, .floorModulo, .arcTangent: .floatOnly
            case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .logicalAnd,
                .logicalOr:
                .unscaled
            }
        }
    }

    package static let kind = OpKind.binary
    package var kind: Kind
    /// Only for add, subtract, multiply and divide of floats.
    package var activation = Clamp.none

    package init(_ kind: Kind, activation: Clamp = .none) {
        self.kind = kind
        self.activation = activation
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("kind", &kind)
        visitor.visit("activation", &activation)
    }

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

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int { 0 }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .elementwise(rank: max(inputs[0].shape.rank, inputs[1].shape.rank))
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        guard activation == .none else { return .elementwise }
        switch kind {
        case .add, .subtract: return .sum
        case .multiply: return .bilinear
        case .divide: return .linear
        case .maximum, .minimum, .power, .squaredDifference, .floorDivide,
            .floorModulo, .arcTangent, .equal, .notEqual, .less, .lessEqual, .greater,
            .greaterEqual, .logicalAnd, .logicalOr:
            return .elementwise
        }
    }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? {
        kind.clamps ? \.activation : nil
    }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { kind.quantizationRule }
}
