import GraphIR
import TFLiteFormat
import Tensors

/// Shapes that a file computes when it runs.
extension OperatorWriter {
    /// The extents of a tensor as int32.
    func emitExtents(of tensor: TensorIndex, rank: Int) throws -> TensorIndex {
        try emitStep(
            .shape, [tensor], TensorType(.int32, [rank]),
            ShapeOptions(outputType: .int32))
    }

    /// The elements of a vector of int32 in a range.
    func emitPart(of vector: TensorIndex, _ range: Range<Int>) throws -> TensorIndex {
        try emitStep(
            .stridedSlice,
            [
                vector, integers([range.lowerBound], role: "begin"),
                integers([range.upperBound], role: "end"), integers([1], role: "strides"),
            ], TensorType(.int32, [range.count]),
            StridedSliceOptions(beginMask: 0))
    }

    /// A vector of int32 times and plus constants.
    func emitScaled(_ vector: TensorIndex, by factors: [Int], plus terms: [Int]? = nil) throws
        -> TensorIndex
    {
        let type = TensorType(.int32, [factors.count])
        let product = try emitStep(
            .mul, [vector, integers(factors, role: "factors")], type,
            MulOptions(activation: .none))
        guard let terms else { return product }
        return try emitStep(
            .add, [product, integers(terms, role: "terms")], type,
            AddOptions(activation: .none))
    }

    /// Vectors of int32 one after the other.
    func emitJoined(_ parts: [TensorIndex], count: Int) throws -> TensorIndex {
        guard parts.count > 1 else { return parts[0] }
        return try emitStep(
            .concatenation, parts, TensorType(.int32, [count]),
            ConcatenationOptions(axis: 0))
    }
}

extension NodeLowering {
    /// The extents as a vector: constants, and parts of the shapes of inputs.
    func emitShape(_ extents: [TargetExtent]) throws -> TensorIndex {
        var shapes: [Int: TensorIndex] = [:]
        var parts: [TensorIndex] = []
        var position = 0
        while position < extents.count {
            var end = position + 1
            guard case .axis(let axis, let input) = extents[position] else {
                while end < extents.count, extents[end].constant != nil { end += 1 }
                let values = extents[position..<end].compactMap(\.constant)
                parts.append(integers(values, role: "extents"))
                position = end
                continue
            }
            while end < extents.count,
                extents[end] == .axis(axis + end - position, ofInput: input)
            {
                end += 1
            }
            let rank = inputType(input).shape.rank
            let shape = try shapes[input] ?? emitExtents(of: self.input(input), rank: rank)
            shapes[input] = shape
            let isWhole = axis == 0 && end - position == rank
            parts.append(
                isWhole ? shape : try emitPart(of: shape, axis..<axis + end - position))
            position = end
        }
        return try emitJoined(parts, count: extents.count)
    }
}

extension TargetExtent {
    /// What stands for the extent in a constant; nil for an extent of an input.
    fileprivate var constant: Int? {
        switch self {
        case .known(let extent): extent
        case .rest: -1
        case .axis: nil
        }
    }
}
