import Tensors

/// x for x > 0, α · x elsewhere, with a tensor α that broadcasts to x.
///
/// Inputs: x, α. Output: the shape of x.
package struct PReLU: OpPayload {
    package static let kind = OpKind.prelu

    package init() {}

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {}

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 2...2, Self.name)
        try Check.require(
            Shape.broadcast(inputs[0].shape, inputs[1].shape) == inputs[0].shape,
            "\(Self.name): α \(inputs[1].shape) does not fit \(inputs[0].shape)")
        return [inputs[0]]
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int { 0 }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .elementwise(rank: inputs[0].shape.rank)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .homogeneous }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .free }
}
