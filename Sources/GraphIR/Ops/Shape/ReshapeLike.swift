import Tensors

/// The elements in row-major order under a shape of which several extents follow from inputs at run time.
///
/// Inputs: x, then tensors whose extents alone matter. Output: the shape that `target` says, an entry for each extent:
/// `[n]` is n, `[i, k]` the extent of input i along axis k, `[-1]` (once) what is left. A `Reshape` says all that has a
/// single unknown extent.
package struct ReshapeLike: PlainOperation {
    package static let kind = OpKind.reshapeLike
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
        let x = inputs[0].shape
        var dims = try target.map { try $0.size(for: inputs, Self.name) }
        try Check.require(
            target.count { $0 == .rest } <= 1, "\(Self.name): only one extent can be left over")
        let open = target.firstIndex(of: .rest)
        let isKnown = dims.indices.allSatisfy { $0 == open || dims[$0] != Shape.free }
        guard x.isStatic, isKnown else { return [TensorType(inputs[0].dtype, Shape(dims))] }
        if let open {
            let known = Shape(dims).elementCount
            try Check.require(
                known > 0 && x.elementCount % known == 0,
                "\(Self.name): \(x) does not fit \(Shape(dims))")
            dims[open] = x.elementCount / known
        }
        try Check.require(
            Shape(dims).elementCount == x.elementCount,
            "\(Self.name): \(x) does not fit \(Shape(dims))")
        return [TensorType(inputs[0].dtype, Shape(dims))]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { inputs[0].shape.canBeReshapeTarget }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
