import Foundations
import Tensors

/// A whole sequence through a fully connected recurrent cell: h = φ(x·Kᵀ + h·Rᵀ + b).
///
/// Inputs: x `[batch, steps, in]`, kernel K `[units, in]`, recurrent kernel R `[units, units]`, bias b `[units]`, then
/// optionally the initial h `[batch, units]`, which is zero otherwise. Output: h of every step `[batch, steps, units]`.
package struct SimpleRNN: OpPayload {
    package static let kind = OpKind.simpleRNN
    /// φ.
    package var activation = CellActivation.tanh

    package init(activation: CellActivation) {
        self.activation = activation
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("activation", &activation)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 4...5, Self.name)
        let units = try Check.recurrence(inputs, gates: 1, Self.name)
        return [TensorType(.float32, [inputs[0].shape[0], inputs[0].shape[1], units])]
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        saturatingProduct(
            outputs[0].shape.resolvingFree().elementCount,
            inputs[1].shape[1] + inputs[2].shape[1])
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .floatOnly }
}
