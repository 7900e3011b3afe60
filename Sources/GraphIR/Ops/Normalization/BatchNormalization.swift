import Tensors

/// A batch normalization with fixed statistics.
///
///     y = γ · (x − μ) / √(σ² + ε) + β        along `axis`
///
/// Inputs: x, γ `[C]`, β `[C]`, μ `[C]`, σ² `[C]`, C being the extent of x along `axis`. Output: the shape of x.
package struct BatchNormalization: OpPayload {
    package static let kind = OpKind.batchNormalization
    /// Counted from the front.
    package var axis: Int
    package var epsilon: Double

    package init(axis: Int, epsilon: Double) {
        self.axis = axis
        self.epsilon = epsilon
    }

    /// The k and β − μ·k of y = k · x + (β − μ·k), k being γ / √(σ² + ε), from γ, β, μ and σ²; nil unless there are these four.
    package func scaleAndShift(_ parameters: [[Double]]) -> (scale: [Double], shift: [Double])? {
        guard parameters.count == 4 else { return nil }
        let (gamma, beta, mean) = (parameters[0], parameters[1], parameters[2])
        let scale = zip(gamma, parameters[3]).map { $0 / ($1 + epsilon).squareRoot() }
        return (scale, zip(beta, zip(mean, scale)).map { $0 - $1.0 * $1.1 })
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(axis: "axis", &axis)
        visitor.visit("epsilon", &epsilon)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 5...5, Self.name)
        let x = inputs[0].shape
        let axis = try Check.axis(axis, of: x, Self.name)
        for parameter in inputs.dropFirst() {
            try Check.require(
                parameter.shape == [x[axis]],
                "\(Self.name) along axis \(axis) of \(x) has a parameter of shape \(parameter.shape)"
            )
        }
        return [inputs[0]]
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        outputs[0].shape.elementCount
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(rank: inputs[0].shape.rank, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .free }
}
