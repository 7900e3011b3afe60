import Tensors

/// The elements in reverse order along some axes.
package struct Reverse: OpPayload {
    package static let name = "reverse"
    /// Counted from the front, ascending.
    package var axes: [Int]

    package init(axes: [Int]) {
        self.axes = axes
    }

    package var op: Op { .reverse(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        for axis in axes { _ = try Check.axis(axis, of: inputs[0].shape, Self.name) }
        return [inputs[0]]
    }
}
