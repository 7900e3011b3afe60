import Tensors

/// Slices of a tensor picked by index.
///
/// Inputs: params, indices (int32 or int64, within the extent of `axis`). Output: params with `axis` replaced by the shape
/// of indices without its first `batchDimensions` axes, which both inputs share.
package struct Gather: IndexReading {
    package static let kind = OpKind.gather
    package static let indexInput = 1
    package var axis: Int
    package var batchDimensions = 0

    package init(axis: Int, batchDimensions: Int = 0) {
        self.axis = axis
        self.batchDimensions = batchDimensions
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("axis", &axis)
        visitor.visit("batchDimensions", &batchDimensions)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 2...2, Self.name)
        let (params, indices) = (inputs[0].shape, inputs[1].shape)
        let axis = try Check.axis(axis, of: params, Self.name)
        try Check.require(
            batchDimensions >= 0 && batchDimensions <= axis && batchDimensions <= indices.rank
                && (inputs[1].dtype == .int32 || inputs[1].dtype == .int64),
            "\(Self.name) of \(inputs[0]) with indices \(inputs[1])")
        let dims =
            params.dims.prefix(axis) + indices.dims.dropFirst(batchDimensions)
            + params.dims.dropFirst(axis + 1)
        return [TensorType(inputs[0].dtype, Shape(Array(dims)))]
    }

    /// Whether rows of a matrix are picked by a vector of 32-bit indices.
    package func picksRows(for inputs: [TensorType]) -> Bool {
        axis == 0 && batchDimensions == 0 && inputs[0].shape.rank == 2
            && inputs[1].shape.rank == 1 && inputs[1].dtype == .int32
    }

    package func indexCount(for inputs: [TensorType]) -> Int { inputs[0].shape[axis] }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        let (params, indices) = (inputs[0].shape.rank, inputs[1].shape.rank - batchDimensions)
        let before = (0..<axis).map { AxisMap.Origin.same($0) }
        let chosen = [AxisMap.Origin](repeating: .none, count: indices)
        let after = (axis + 1..<params).map { AxisMap.Origin.same($0) }
        return AxisMap(before + chosen + after, layout: .fixed, rank: params)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
