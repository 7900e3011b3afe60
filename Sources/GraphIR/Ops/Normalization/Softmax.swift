import Tensors

/// eˣ normalized to the sum 1 over the last axis.
package struct Softmax: OpPayload {
    package static let name = "softmax"

    package init() {}

    package var op: Op { .softmax(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.require(inputs[0].shape.rank >= 1, "\(Self.name) of a scalar")
        return [inputs[0]]
    }
}
