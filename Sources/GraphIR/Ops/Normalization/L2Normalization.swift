import Tensors

/// x / max(‖x‖, 10⁻⁶) over the last axis.
package struct L2Normalization: OpPayload {
    package static let name = "l2Normalization"

    package init() {}

    package var op: Op { .l2Normalization(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.require(inputs[0].shape.rank >= 1, "\(Self.name) of a scalar")
        return [inputs[0]]
    }
}
