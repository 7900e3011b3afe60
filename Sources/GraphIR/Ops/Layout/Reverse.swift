import Tensors

/// The elements in reverse order along some axes.
package struct Reverse: PlainOperation {
    package static let kind = OpKind.reverse
    /// Counted from the front, ascending.
    package var axes: [Int]

    package init(axes: [Int]) {
        self.axes = axes
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(axes: "axes", &axes)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        for axis in axes { _ = try Check.axis(axis, of: inputs[0].shape, Self.name) }
        return [inputs[0]]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { axes.contains($0) }, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool {
        axes.allSatisfy { inputs[0].shape[$0] == 1 }
    }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
