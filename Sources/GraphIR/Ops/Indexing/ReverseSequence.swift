import Tensors

/// The first elements of each sequence in reverse order.
///
/// Inputs: x, lengths (int32 or int64, one for each index of `batchAxis`, at most the extent of `axis`). Output: the shape of
/// x; along `axis` the first `lengths[b]` elements are reversed, b being the index along `batchAxis`, and the others stay.
package struct ReverseSequence: IndexReading {
    package static let kind = OpKind.reverseSequence
    package static let indexInput = 1
    /// Counted from the front.
    package var axis: Int
    /// Counted from the front; another axis than `axis`.
    package var batchAxis: Int

    package init(axis: Int, batchAxis: Int) {
        self.axis = axis
        self.batchAxis = batchAxis
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(axis: "axis", &axis)
        visitor.visit(axis: "batchAxis", &batchAxis)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 2...2, Self.name)
        let (x, lengths) = (inputs[0].shape, inputs[1])
        let axis = try Check.axis(axis, of: x, Self.name)
        let batchAxis = try Check.axis(batchAxis, of: x, Self.name)
        try Check.require(
            axis != batchAxis && (lengths.dtype == .int32 || lengths.dtype == .int64)
                && lengths.shape.rank == 1 && Check.matches(lengths.shape[0], x[batchAxis]),
            "\(Self.name) along axis \(axis) of \(inputs[0]) with lengths \(lengths)")
        return [inputs[0]]
    }

    /// Lengths from none to all elements.
    package func indexCount(for inputs: [TensorType]) -> Int {
        let extent = inputs[0].shape[axis]
        return extent == Shape.free ? extent : extent + 1
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(rank: inputs[0].shape.rank, changed: { $0 == axis }, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { inputs[0].shape[axis] == 1 }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
