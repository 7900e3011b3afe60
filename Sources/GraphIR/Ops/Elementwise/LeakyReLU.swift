import Tensors

/// x for x > 0, `alpha` · x elsewhere.
package struct LeakyReLU: ElementFunction {
    package static let kind = OpKind.leakyReLU
    package var alpha: Float

    package init(alpha: Float) {
        self.alpha = alpha
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("alpha", &alpha)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [inputs[0]]
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .homogeneous }

    package func isIdentity(on inputs: [TensorType]) -> Bool { alpha == 1 }

    package var quantizationRule: QuantizationRule { .free }
}
