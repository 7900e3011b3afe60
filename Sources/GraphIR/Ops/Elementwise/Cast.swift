import Tensors

/// The elements as another type; floats lose their fraction on the way to integers.
package struct Cast: OpPayload {
    package static let name = "cast"
    package var to: DType

    package init(to dtype: DType) {
        self.to = dtype
    }

    package var op: Op { .cast(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [TensorType(to, inputs[0].shape)]
    }
}
