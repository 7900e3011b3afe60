import Tensors

/// x for x > 0, `alpha` · x elsewhere.
package struct LeakyReLU: OpPayload {
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

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int { 0 }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .elementwise(rank: inputs[0].shape.rank)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .homogeneous }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }

    package func isIdentity(on inputs: [TensorType]) -> Bool { alpha == 1 }

    package var quantizationRule: QuantizationRule { .free }
}
