import Foundations
import Tensors

/// A whole sequence through a long short-term memory cell.
///
///     i, f, c̃, o = split(x·Kᵀ + h·Rᵀ + b)
///     c = σ(f)·c + σ(i)·φ(c̃)
///     h = σ(o)·φ(c)
///
/// Inputs: x `[batch, steps, in]`, kernel K `[4·units, in]`, recurrent kernel R `[4·units, units]`, bias b `[4·units]`,
/// all in the order i, f, c̃, o; then optionally the initial h and c, `[batch, units]` each, which are zero otherwise.
/// Outputs: h of every step `[batch, steps, units]`, the last c `[batch, units]`.
package struct LSTM: OpPayload {
    package static let kind = OpKind.lstm
    /// φ.
    package var activation = CellActivation.tanh

    package init(activation: CellActivation) {
        self.activation = activation
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("activation", &activation)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.require(
            inputs.count == 4 || inputs.count == 6,
            "\(Self.name) takes 4 or 6 inputs, not \(inputs.count)")
        let units = try Check.recurrence(inputs, gates: 4, Self.name)
        let x = inputs[0].shape
        return [
            TensorType(.float32, [x[0], x[1], units]), TensorType(.float32, [x[0], units]),
        ]
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        let rows = outputs[0].shape.resolvingFree().elementCount
        return saturatingProduct(rows, 4, inputs[1].shape[1] + inputs[2].shape[1])
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .recurrent }
}

/// The function of a recurrent cell that fused operators know.
package enum CellActivation: String, Attribute {
    case none, relu, relu6
    /// A clamp to [−1, 1].
    case reluN1To1
    case tanh
}

extension Check {
    /// The units of a recurrent operation on x, kernel, recurrent kernel and bias, whose initial states follow.
    static func recurrence(_ inputs: [TensorType], gates: Int, _ name: String) throws -> Int {
        try require(
            inputs.allSatisfy { $0.dtype == .float32 }, "\(name) computes with float32 only")
        try rank(inputs[0], 3, "input of \(name)")
        try rank(inputs[1], 2, "kernel of \(name)")
        try rank(inputs[2], 2, "recurrent kernel of \(name)")
        let (x, kernel, recurrent) = (inputs[0].shape, inputs[1].shape, inputs[2].shape)
        let units = recurrent[1]
        try require(
            x[2] == kernel[1] && kernel[0] == recurrent[0] && kernel[0] == gates * units
                && inputs[3].shape == [kernel[0]],
            "\(name): kernels \(kernel), \(recurrent) and bias \(inputs[3].shape) of input \(x)")
        for state in inputs.dropFirst(4) {
            try require(
                state.shape.rank == 2 && matches(state.shape[0], x[0]) && state.shape[1] == units,
                "\(name): initial state \(state.shape) of input \(x)")
        }
        return units
    }
}
