import GraphIR
import Tensors

/// An operation through which gradients pass from its output to its inputs.
protocol Differentiable {
    /// Whether there is a rule for these inputs.
    func hasGradient(for inputs: [TensorType]) -> Bool

    /// How the error changes with each input; nil for one that is not wanted or does not matter.
    ///
    /// - Throws: `Problem` if the shapes do not fit.
    func gradients(_ step: GradientStep) throws -> [ValueID?]
}

extension Differentiable {
    func hasGradient(for inputs: [TensorType]) -> Bool { true }
}

/// One operation whose gradients are written.
struct GradientStep {
    let builder: GraphBuilder
    let inputs: [ValueID]
    let output: ValueID
    /// How the error changes with the output, which has the same shape.
    let gradient: ValueID
    /// Which inputs need a gradient.
    let isWanted: [Bool]

    func shape(_ index: Int) -> Shape { builder.shape(of: inputs[index]) }

    /// The same step behind a clamp that the operation applies to its result.
    func before(_ clamp: Clamp) throws -> GradientStep {
        guard clamp != .none else { return self }
        return GradientStep(
            builder: builder, inputs: inputs, output: output,
            gradient: try builder.passing(
                gradient, through: output, from: clamp.lower, to: clamp.upper),
            isWanted: isWanted)
    }

    /// The gradient of a bias `[C]`: the sum over all other axes; nil if there is none or it is not wanted.
    func biasGradient() throws -> [ValueID?] {
        guard inputs.count > 2 else { return [] }
        guard isWanted[2] else { return [nil] }
        let rank = builder.shape(of: gradient).rank
        return [try builder.reduce(.sum, gradient, axes: Array(0..<rank - 1))]
    }
}

extension GraphBuilder {
    /// A gradient where a value lies strictly between two bounds, zero elsewhere.
    func passing(
        _ gradient: ValueID, through value: ValueID, from lower: Float, to upper: Float
    ) throws -> ValueID {
        let zero = scalar(0, like: gradient)
        var result = gradient
        if lower > -.infinity {
            result = try select(binary(.greater, value, Double(lower)), result, zero)
        }
        if upper < .infinity {
            result = try select(binary(.less, value, Double(upper)), result, zero)
        }
        return result
    }

    /// A gradient of a broadcast value as that of the value: summed over what was repeated.
    func summed(_ gradient: ValueID, to target: Shape) throws -> ValueID {
        let shape = shape(of: gradient)
        let added = shape.rank - target.rank
        let axes = shape.dims.indices.filter { axis in
            axis < added || (target.dims[axis - added] == 1 && shape.dims[axis] != 1)
        }
        let sum = axes.isEmpty ? gradient : try reduce(.sum, gradient, axes: axes)
        return try reshape(sum, target.dims)
    }
}
