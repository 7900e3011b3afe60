import Tensors

/// The index of the largest or smallest element along an axis, the first of equals.
///
/// Input: x. Output: x without `axis`.
package struct ArgExtremum: PlainOperation {
    /// Which element is looked for.
    package enum Kind: String, Attribute {
        case max, min
    }

    package static let kind = OpKind.argExtremum
    package var kind: Kind
    package var axis: Int
    /// int32 or int64.
    package var outputType: DType

    package init(_ kind: Kind, axis: Int, outputType: DType = .int32) {
        self.kind = kind
        self.axis = axis
        self.outputType = outputType
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("kind", &kind)
        visitor.visit(axis: "axis", &axis)
        visitor.visit("outputType", &outputType)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        var dims = inputs[0].shape.dims
        dims.remove(at: try Check.axis(axis, of: inputs[0].shape, Self.name))
        return [TensorType(outputType, Shape(dims))]
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        let kept = inputs[0].shape.dims.indices.filter { $0 != axis }
        return AxisMap(kept.map { .same($0) }, layout: .named, rank: inputs[0].shape.rank)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .unscaled }
}
