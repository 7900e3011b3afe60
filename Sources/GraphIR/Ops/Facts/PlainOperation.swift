import Tensors

/// An operation that has no multiply-accumulate operations and applies no clamp to its result.
package protocol PlainOperation: OpPayload {}

extension PlainOperation {
    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int { 0 }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }
}

/// A function of each element of the first input, whose shape the output has.
package protocol ElementFunction: PlainOperation {}

extension ElementFunction {
    package func axes(for inputs: [TensorType]) -> AxisMap {
        .elementwise(rank: inputs[0].shape.rank)
    }
}
