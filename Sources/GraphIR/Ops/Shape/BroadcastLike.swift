import Tensors

/// The input repeated along its axes of extent 1, and new ones in front, up to a shape that follows from inputs at run time.
///
/// Inputs: x, then tensors whose extents alone matter. Output: the shape that `target` says, as in `ReshapeLike`.
package struct BroadcastLike: OpPayload {
    package static let name = "broadcastLike"
    package var target: [[Int]]

    package init(_ extents: [TargetExtent]) {
        target = extents.map(\.entry)
    }

    package var op: Op { .broadcastLike(self) }

    /// The extents of the output.
    package var extents: [TargetExtent] { target.map(TargetExtent.init) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...Int.max, Self.name)
        let dims = try extents.map { try $0.size(for: inputs, Self.name) }
        try Check.require(
            !extents.contains(.rest)
                && Shape.broadcast(inputs[0].shape, Shape(dims))?.rank == dims.count,
            "\(Self.name): \(inputs[0].shape) does not fit \(Shape(dims))")
        return [TensorType(inputs[0].dtype, Shape(dims))]
    }
}
