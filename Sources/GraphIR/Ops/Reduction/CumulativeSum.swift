import Tensors

/// Running sums along an axis.
///
/// Input: x. Output: the shape of x.
package struct CumulativeSum: PlainOperation {
    package static let kind = OpKind.cumulativeSum
    package var axis: Int
    /// Whether an element is left out of its own sum.
    package var exclusive = false
    /// Whether sums run from the end.
    package var reverse = false

    package init(axis: Int, exclusive: Bool = false, reverse: Bool = false) {
        self.axis = axis
        self.exclusive = exclusive
        self.reverse = reverse
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(axis: "axis", &axis)
        visitor.visit("exclusive", &exclusive)
        visitor.visit("reverse", &reverse)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        _ = try Check.axis(axis, of: inputs[0].shape, Self.name)
        return [inputs[0]]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { $0 == axis }, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .linear }

    package func isIdentity(on inputs: [TensorType]) -> Bool {
        inputs[0].shape[axis] == 1 && !exclusive
    }

    package var quantizationRule: QuantizationRule { .floatOnly }
}
