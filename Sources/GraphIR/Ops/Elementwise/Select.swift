import Tensors

/// a where the condition holds, b elsewhere; all three broadcast.
///
/// Inputs: condition (bool), a, b of one dtype. Output: the broadcast shape.
package struct Select: PlainOperation {
    package static let kind = OpKind.select

    package init() {}

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {}

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 3...3, Self.name)
        try Check.require(
            inputs[0].dtype == .bool && inputs[1].dtype == inputs[2].dtype,
            "\(Self.name) of \(inputs[0]), \(inputs[1]), \(inputs[2])")
        guard let choices = Shape.broadcast(inputs[1].shape, inputs[2].shape),
            let shape = Shape.broadcast(inputs[0].shape, choices)
        else {
            try Check.require(false, "\(Self.name): \(inputs) do not fit together")
            return []
        }
        return [TensorType(inputs[1].dtype, shape)]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .elementwise(rank: inputs.map(\.shape.rank).max() ?? 0)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .elementwise }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .sameAsOutput }
}
