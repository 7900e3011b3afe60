import Tensors

/// A function of each element.
///
/// Input: x. Output: the shape of x.
package struct Unary: ElementFunction {
    package typealias Kind = UnaryFunction

    package static let kind = OpKind.unary
    package var kind: Kind

    package init(_ kind: Kind) {
        self.kind = kind
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("kind", &kind)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, kind.rawValue)
        try Check.require(
            (inputs[0].dtype == .bool) == (kind == .logicalNot),
            "\(kind.rawValue) of \(inputs[0].dtype.rawValue)")
        return [inputs[0]]
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        switch kind {
        case .neg: .linear
        case .relu, .abs: .homogeneous
        default: .elementwise
        }
    }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { kind.quantizationRule }
}

extension UnaryFunction {
    fileprivate var quantizationRule: QuantizationRule {
        switch self {
        case .abs, .exp, .log, .sqrt, .rsqrt, .relu, .relu6, .reluN1To1, .relu0To1, .elu,
            .hardSwish:
            .free
        case .sigmoid: .fixed(.unit)
        case .tanh: .fixed(.signedUnit)
        case .neg, .square, .sin, .cos, .floor, .ceil, .sign, .round: .floatOnly
        case .logicalNot: .unscaled
        }
    }
}
