import Tensors

/// Vectors with `on` at the index and `off` elsewhere.
///
/// Input: indices (int32 or int64). Output: `[…, depth]`, float32, with the new axis last.
package struct OneHot: IndexReading {
    package static let kind = OpKind.oneHot
    package static let indexInput = 0
    package var depth: Int
    package var on: Float
    package var off: Float

    package init(depth: Int, on: Float = 1, off: Float = 0) {
        self.depth = depth
        self.on = on
        self.off = off
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("depth", &depth)
        visitor.visit("on", &on)
        visitor.visit("off", &off)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.require(
            inputs[0].dtype.isInteger && depth > 0, "\(Self.name) of depth \(depth)")
        return [TensorType(.float32, Shape(inputs[0].shape.dims + [depth]))]
    }

    package func indexCount(for inputs: [TensorType]) -> Int { depth }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .floatOnly }
}
