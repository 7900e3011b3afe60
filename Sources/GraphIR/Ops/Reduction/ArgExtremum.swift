import Tensors

/// The index of the largest or smallest element along an axis, the first of equals.
///
/// Input: x. Output: x without `axis`.
package struct ArgExtremum: OpPayload {
    /// Which element is looked for.
    package enum Kind: String, Sendable, Hashable, Codable {
        case max, min
    }

    package static let name = "argExtremum"
    package var kind: Kind
    package var axis: Int
    /// int32 or int64.
    package var outputType: DType

    package init(_ kind: Kind, axis: Int, outputType: DType = .int32) {
        self.kind = kind
        self.axis = axis
        self.outputType = outputType
    }

    package var op: Op { .argExtremum(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        var dims = inputs[0].shape.dims
        dims.remove(at: try Check.axis(axis, of: inputs[0].shape, Self.name))
        return [TensorType(outputType, Shape(dims))]
    }
}
