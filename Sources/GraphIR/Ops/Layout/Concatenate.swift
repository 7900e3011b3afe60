import Tensors

/// The inputs one after the other along an axis; their other extents are equal.
package struct Concatenate: PlainOperation {
    package static let kind = OpKind.concatenate
    /// Counted from the front.
    package var axis: Int

    package init(axis: Int) {
        self.axis = axis
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(axis: "axis", &axis)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...Int.max, Self.name)
        var shape = inputs[0].shape
        let axis = try Check.axis(axis, of: shape, Self.name)
        for input in inputs.dropFirst() {
            try Check.require(
                input.dtype == inputs[0].dtype && input.shape.rank == shape.rank,
                "\(Self.name) of \(inputs[0]) and \(input)")
            for other in shape.dims.indices where other != axis {
                try Check.require(
                    Check.matches(input.shape.dims[other], shape.dims[other]),
                    "\(Self.name) along axis \(axis) of \(inputs[0]) and \(input)")
            }
            let isFree = shape[axis] == Shape.free || input.shape[axis] == Shape.free
            shape[axis] = isFree ? Shape.free : shape[axis] + input.shape[axis]
        }
        return [TensorType(inputs[0].dtype, shape)]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { $0 == axis }, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .joining }

    package func isIdentity(on inputs: [TensorType]) -> Bool { inputs.count == 1 }

    package var quantizationRule: QuantizationRule { .sameAsOutput }
}
