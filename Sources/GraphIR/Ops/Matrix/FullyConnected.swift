import Foundations
import Tensors

/// A matrix product with a weight matrix over the last axis.
///
/// Inputs: x `[…, in]`, filter `[out, in]`, bias `[out]` (optional). Output: `[…, out]`.
package struct FullyConnected: OpPayload {
    package static let kind = OpKind.fullyConnected
    package var activation = Clamp.none

    package init(activation: Clamp = .none) {
        self.activation = activation
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("activation", &activation)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 2...3, Self.name)
        let (x, filter) = (inputs[0].shape, inputs[1].shape)
        try Check.rank(inputs[1], 2, "filter of \(Self.name)")
        try Check.require(
            x.rank >= 1 && x[-1] == filter[1], "filter \(filter) does not fit input \(x)")
        if inputs.count == 3 {
            try Check.require(
                inputs[2].shape == [filter[0]], "bias \(inputs[2].shape) of filter \(filter)")
        }
        return [TensorType(inputs[0].dtype, Shape(x.dims.dropLast() + [filter[0]]))]
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        saturatingProduct(outputs[0].shape.elementCount, inputs[1].shape[1])
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        let rank = inputs[0].shape.rank
        return AxisMap(
            (0..<rank - 1).map { .same($0) } + [.none], layout: .fixed, rank: rank)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        .filter(FilterAxes(output: 0, input: 1, meetsBorder: false))
    }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { \.activation }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .free }
}
