import Tensors

/// The logarithm of the softmax over the last axis.
package struct LogSoftmax: OpPayload {
    package static let name = "logSoftmax"

    package init() {}

    package var op: Op { .logSoftmax(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.require(inputs[0].shape.rank >= 1, "\(Self.name) of a scalar")
        return [inputs[0]]
    }
}
