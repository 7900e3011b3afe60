import Tensors

/// The Gaussian error linear unit.
///
///     exact         ½ x (1 + erf(x / √2))
///     approximate   ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))
package struct GELU: OpPayload {
    package static let name = "gelu"
    package var approximate: Bool

    package init(approximate: Bool) {
        self.approximate = approximate
    }

    package var op: Op { .gelu(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [inputs[0]]
    }
}
