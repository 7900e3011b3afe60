import Tensors

/// The positions 0, 1, 2, … along an axis of x, as int32.
///
/// Input: x, whose extent alone matters. Output: `[extent]`.
package struct Positions: PlainOperation {
    package static let kind = OpKind.positions
    /// Counted from the front.
    package var axis: Int

    package init(axis: Int) {
        self.axis = axis
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("axis", &axis)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let axis = try Check.axis(axis, of: inputs[0].shape, Self.name)
        return [TensorType(.int32, [inputs[0].shape.dims[axis]])]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .unscaled }
}
