import Tensors

/// The input repeated along its axes of extent 1, and new ones in front, up to a shape that follows from inputs at run time.
///
/// Inputs: x, then tensors whose extents alone matter. Output: the shape that `target` says, as in `ReshapeLike`.
package struct BroadcastLike: PlainOperation {
    package static let kind = OpKind.broadcastLike
    /// The extents of the output.
    package var target: [TargetExtent]

    package init(_ target: [TargetExtent]) {
        self.target = target
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("target", &target)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...Int.max, Self.name)
        let dims = try target.map { try $0.size(for: inputs, Self.name) }
        try Check.require(
            !target.contains(.rest)
                && Shape.broadcast(inputs[0].shape, Shape(dims))?.rank == dims.count,
            "\(Self.name): \(inputs[0].shape) does not fit \(Shape(dims))")
        return [TensorType(inputs[0].dtype, Shape(dims))]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { inputs[0].shape.isStatic }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
