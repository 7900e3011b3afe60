import Tensors

/// x for x > 0, `alpha` · x elsewhere.
package struct LeakyReLU: OpPayload {
    package static let name = "leakyReLU"
    package var alpha: Float

    package init(alpha: Float) {
        self.alpha = alpha
    }

    package var op: Op { .leakyReLU(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [inputs[0]]
    }
}
