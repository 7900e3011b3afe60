import Tensors

/// The extents of x as int32.
///
/// Input: x. Output: `[rank]`.
package struct ShapeOf: OpPayload {
    package static let name = "shapeOf"

    package init() {}

    package var op: Op { .shapeOf(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [TensorType(.int32, [inputs[0].shape.rank])]
    }
}
