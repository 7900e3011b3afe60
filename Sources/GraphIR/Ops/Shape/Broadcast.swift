import Tensors

/// The input repeated along its axes of extent 1, and new ones in front, up to `shape`.
package struct Broadcast: OpPayload {
    package static let name = "broadcast"
    package var shape: [Int]

    package init(_ shape: [Int]) {
        self.shape = shape
    }

    package var op: Op { .broadcast(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let target = Shape(shape)
        try Check.require(
            shape.allSatisfy { $0 >= 0 } && Shape.broadcast(inputs[0].shape, target) == target,
            "\(Self.name): \(inputs[0].shape) does not fit \(target)")
        return [TensorType(inputs[0].dtype, target)]
    }
}
