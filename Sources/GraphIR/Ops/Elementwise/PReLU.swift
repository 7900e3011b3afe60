import Tensors

/// x for x > 0, α · x elsewhere, with a tensor α that broadcasts to x.
///
/// Inputs: x, α. Output: the shape of x.
package struct PReLU: ElementFunction {
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

    package func linearity(for inputs: [TensorType]) -> Linearity { .homogeneous }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .free }
}
