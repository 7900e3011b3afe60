import Tensors

/// The extents of x as int32.
///
/// Input: x. Output: `[rank]`.
package struct ShapeOf: PlainOperation {
    package static let kind = OpKind.shapeOf

    package init() {}

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {}

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [TensorType(.int32, [inputs[0].shape.rank])]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .unscaled }
}
