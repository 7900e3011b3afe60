import Tensors

/// The same numbers in another storage: that of the output, rounded as it asks.
///
/// A file has QUANTIZE for it if the output is stored as integers, else DEQUANTIZE.
package struct ChangeStorage: ElementFunction {
    package static let kind = OpKind.changeStorage

    package init() {}

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {}

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.require(
            inputs[0].dtype == .float32, "\(Self.name) takes float32, not \(inputs[0])")
        return inputs
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .elementwise }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .free }
}
