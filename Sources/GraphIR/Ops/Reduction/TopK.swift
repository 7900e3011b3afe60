import Tensors

/// The k largest elements along the last axis, in descending order, and their indices.
///
/// Input: x `[…, n]`. Outputs: values `[…, k]`, indices `[…, k]` (int32).
package struct TopK: PlainOperation {
    package static let kind = OpKind.topK
    package var k: Int

    package init(k: Int) {
        self.k = k
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("k", &k)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        try Check.require(
            x.rank >= 1 && k >= 1 && (x[-1] == Shape.free || k <= x[-1]),
            "\(Self.name): k = \(k) of input \(x)")
        let shape = Shape(x.dims.dropLast() + [k])
        return [TensorType(inputs[0].dtype, shape), TensorType(.int32, shape)]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { $0 == inputs[0].shape.rank - 1 },
            layout: .interchangeable)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
