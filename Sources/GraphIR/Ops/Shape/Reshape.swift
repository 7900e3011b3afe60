import Tensors

/// The elements in row-major order under another shape.
///
/// Input: x. Output: `shape`, in which one extent may be −1: it follows from the others, or stays free if the input has
/// a free extent.
package struct Reshape: PlainOperation {
    package static let kind = OpKind.reshape
    package var shape: [Int]

    package init(_ shape: [Int]) {
        self.shape = shape
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("shape", &shape)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        let known = Shape(shape.filter { $0 != -1 })
        try Check.require(
            shape.count <= known.rank + 1 && known.dims.allSatisfy { $0 >= 0 },
            "\(Self.name) to \(shape): only one extent can be free")
        guard x.isStatic else {
            let missing = known.elementCount == 0 ? 1 : x.elementCount % known.elementCount
            try Check.require(
                shape.contains(-1)
                    && (missing == 0 || known.elementCount % max(x.elementCount, 1) == 0),
                "\(Self.name): \(x) does not fit \(Shape(shape))")
            return [TensorType(inputs[0].dtype, Shape(shape))]
        }
        let count = known.elementCount
        if known.rank == shape.count {
            try Check.require(
                count == x.elementCount, "\(Self.name): \(x) does not fit \(Shape(shape))")
            return [TensorType(inputs[0].dtype, known)]
        }
        try Check.require(
            count > 0 && x.elementCount % count == 0,
            "\(Self.name): \(x) does not fit \(Shape(shape))")
        return [TensorType(inputs[0].dtype, Shape(resolvedShape(for: x)))]
    }

    /// The extents of the output for an input that fits; −1 for one that stays free.
    private func resolvedShape(for x: Shape) -> [Int] {
        let count = Shape(shape.filter { $0 != -1 }).elementCount
        guard x.isStatic, count > 0 else { return shape }
        return shape.map { $0 == -1 ? x.elementCount / count : $0 }
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        let x = inputs[0].shape
        let target = Shape(resolvedShape(for: x))
        return AxisMap(
            target.dims.indices.map { axis in
                target.axis(axis, in: x).map { .same($0) } ?? .none
            }, layout: .fixed, rank: x.rank,
            destinations: x.dims.indices.map { x.axis($0, in: target) })
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { inputs[0].shape.canBeReshapeTarget }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
