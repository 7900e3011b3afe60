import Tensors

/// The k largest elements along the last axis, in descending order, and their indices.
///
/// Input: x `[…, n]`. Outputs: values `[…, k]`, indices `[…, k]` (int32).
package struct TopK: OpPayload {
    package static let name = "topK"
    package var k: Int

    package init(k: Int) {
        self.k = k
    }

    package var op: Op { .topK(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        try Check.require(
            x.rank >= 1 && k >= 1 && (x[-1] == Shape.free || k <= x[-1]),
            "\(Self.name): k = \(k) of input \(x)")
        let shape = Shape(x.dims.dropLast() + [k])
        return [TensorType(inputs[0].dtype, shape), TensorType(.int32, shape)]
    }
}
