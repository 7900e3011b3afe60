import Tensors

/// A border of one value.
///
/// Input: x. Output: extent `before + n + after` along each axis.
package struct Pad: OpPayload {
    package static let name = "pad"
    /// For each axis the elements added before and after.
    package var amounts: [[Int]]
    package var value: Float

    package init(_ amounts: [[Int]], value: Float = 0) {
        self.amounts = amounts
        self.value = value
    }

    package var op: Op { .pad(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [TensorType(inputs[0].dtype, try paddedShape(inputs[0].shape, amounts))]
    }
}

/// The shape with `amounts` added before and after each axis.
func paddedShape(_ shape: Shape, _ amounts: [[Int]]) throws -> Shape {
    try Check.require(
        amounts.count == shape.rank && amounts.allSatisfy { $0.count == 2 && $0.min() ?? -1 >= 0 },
        "padding \(amounts) does not fit shape \(shape)")
    return Shape(
        try zip(shape.dims, amounts).map { dim, amount in
            guard dim != Shape.free else { return dim }
            let (size, overflow) = dim.addingReportingOverflow(amount[0])
            let (total, secondOverflow) = size.addingReportingOverflow(amount[1])
            try Check.require(!overflow && !secondOverflow, "padding \(amounts) is too large")
            return total
        })
}
