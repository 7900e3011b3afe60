import Tensors

/// A function of the rows along the last axis that keeps their shape.
package protocol LastAxisFunction: PlainOperation {}

extension LastAxisFunction {
    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {}

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.require(inputs[0].shape.rank >= 1, "\(Self.name) of a scalar")
        return [inputs[0]]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { $0 == inputs[0].shape.rank - 1 },
            layout: .interchangeable)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }
}
