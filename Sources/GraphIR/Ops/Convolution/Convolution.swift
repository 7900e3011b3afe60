import Tensors

/// A convolution or its transpose: inputs x `[N, spatial…, C]`, filter, bias (optional), and a clamp of the result.
package protocol Convolution: OpPayload {
    /// The clamp of the result.
    var activation: Clamp { get set }
}

extension Convolution {
    package func axes(for inputs: [TensorType]) -> AxisMap {
        let rank = inputs[0].shape.rank
        let spatial = (1..<rank - 1).map { AxisMap.Origin.changed($0) }
        return AxisMap([.same(0)] + spatial + [.none], layout: .fixed, rank: rank)
    }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { \.activation }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    /// The shapes of x and of the filter.
    ///
    /// - Parameter rank: of both.
    /// - Throws: `Problem.Kind.invalidShape` for another number of inputs or another rank.
    func inputShapes(_ inputs: [TensorType], rank: Int) throws -> (x: Shape, filter: Shape) {
        try Check.inputCount(inputs, 2...3, Self.name)
        try Check.rank(inputs[0], rank, "input of \(Self.name)")
        try Check.rank(inputs[1], rank, "filter of \(Self.name)")
        return (inputs[0].shape, inputs[1].shape)
    }

    /// The type of the result, once the bias fits it.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if the bias has another shape than `[channels]`.
    func outputTypes(
        _ inputs: [TensorType], _ spatial: [Int], channels: Int
    ) throws -> [TensorType] {
        if inputs.count == 3 {
            try Check.require(
                inputs[2].shape == [channels],
                "bias \(inputs[2].shape) of filter \(inputs[1].shape)")
        }
        let shape = Shape([inputs[0].shape[0]] + spatial + [channels])
        return [TensorType(inputs[0].dtype, shape)]
    }
}
