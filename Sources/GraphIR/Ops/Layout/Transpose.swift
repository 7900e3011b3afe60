import Tensors

/// The axes in another order: axis k of the output is axis `permutation[k]` of the input.
package struct Transpose: PlainOperation {
    package static let kind = OpKind.transpose
    package var permutation: [Int]

    package init(_ permutation: [Int]) {
        self.permutation = permutation
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("permutation", &permutation)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        try Check.require(
            permutation.sorted() == Array(0..<x.rank),
            "\(Self.name): \(permutation) is not a permutation of the axes of \(x)")
        return [TensorType(inputs[0].dtype, Shape(permutation.map { x.dims[$0] }))]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        AxisMap(
            permutation.map { .same($0) }, layout: .fixed, rank: permutation.count)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool {
        permutation == Array(permutation.indices)
    }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
