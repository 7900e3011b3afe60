import Tensors

/// A border of one value.
///
/// Input: x. Output: extent `before + n + after` along each axis.
package struct Pad: PlainOperation {
    package static let kind = OpKind.pad
    /// The border along each axis.
    package var amounts: [PadAmount]
    package var value: Float

    package init(_ amounts: [PadAmount], value: Float = 0) {
        self.amounts = amounts
        self.value = value
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(eachAxis: "amounts", &amounts)
        visitor.visit("value", &value)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [TensorType(inputs[0].dtype, try amounts.padding(inputs[0].shape))]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { amounts[$0] != .none }, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { value == 0 ? .linear : .opaque }

    package func isIdentity(on inputs: [TensorType]) -> Bool { amounts.areNone }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
