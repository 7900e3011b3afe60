import Tensors

/// The elements as another type; floats lose their fraction on the way to integers.
package struct Cast: ElementFunction {
    package static let kind = OpKind.cast
    package var to: DType

    package init(to dtype: DType) {
        self.to = dtype
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("to", &to)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        return [TensorType(to, inputs[0].shape)]
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .elementwise }

    package func isIdentity(on inputs: [TensorType]) -> Bool { true }

    package var quantizationRule: QuantizationRule { .floatOnly }
}
