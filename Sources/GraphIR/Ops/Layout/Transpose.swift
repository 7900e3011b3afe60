import Tensors

/// The axes in another order: axis k of the output is axis `permutation[k]` of the input.
package struct Transpose: OpPayload {
    package static let name = "transpose"
    package var permutation: [Int]

    package init(_ permutation: [Int]) {
        self.permutation = permutation
    }

    package var op: Op { .transpose(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        try Check.require(
            permutation.sorted() == Array(0..<x.rank),
            "\(Self.name): \(permutation) is no permutation of the axes of \(x)")
        return [TensorType(inputs[0].dtype, Shape(permutation.map { x.dims[$0] }))]
    }
}
