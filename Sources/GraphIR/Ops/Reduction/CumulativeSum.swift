import Tensors

/// Running sums along an axis.
///
/// Input: x. Output: the shape of x.
package struct CumulativeSum: OpPayload {
    package static let name = "cumulativeSum"
    package var axis: Int
    /// Whether an element is left out of its own sum.
    package var exclusive = false
    /// Whether sums run from the end.
    package var reverse = false

    package init(axis: Int, exclusive: Bool = false, reverse: Bool = false) {
        self.axis = axis
        self.exclusive = exclusive
        self.reverse = reverse
    }

    package var op: Op { .cumulativeSum(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        _ = try Check.axis(axis, of: inputs[0].shape, Self.name)
        return [inputs[0]]
    }
}
