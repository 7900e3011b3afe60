import Tensors

/// The Gaussian error linear unit.
///
///     exact         ½ x (1 + erf(x / √2))
///     approximate   ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))
package struct GELU: ElementFunction {
    package static let kind = OpKind.gelu
    package var approximate: Bool

    package init(approximate: Bool) {
        self.approximate = approximate
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("approximate", &approximate)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [inputs[0]]
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .elementwise }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .free }
}
