import Tensors

/// A border of mirrored elements.
///
/// Input: x. Output: extent `before + n + after` along each axis.
package struct MirrorPad: OpPayload {
    /// Whether the edge itself is repeated (`symmetric`) or not (`reflect`).
    package enum Mode: String, Sendable, Hashable, Codable {
        case reflect, symmetric
    }

    package static let name = "mirrorPad"
    /// For each axis the elements added before and after.
    package var amounts: [[Int]]
    package var mode: Mode

    package init(_ amounts: [[Int]], mode: Mode) {
        self.amounts = amounts
        self.mode = mode
    }

    package var op: Op { .mirrorPad(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        let shape = try paddedShape(x, amounts)
        let limit = mode == .reflect ? 1 : 0
        for (dim, amount) in zip(x.dims, amounts) where dim != Shape.free {
            try Check.require(
                max(amount[0], amount[1]) <= dim - limit || amount == [0, 0],
                "\(Self.name): \(amounts) is wider than \(x)")
        }
        return [TensorType(inputs[0].dtype, shape)]
    }
}
