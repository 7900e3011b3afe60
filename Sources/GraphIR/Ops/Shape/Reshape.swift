import Tensors

/// The elements in row-major order under another shape.
///
/// Input: x. Output: `shape`, in which one extent may be −1: it follows from the others, or stays free where the input has
/// a free extent.
package struct Reshape: OpPayload {
    package static let name = "reshape"
    package var shape: [Int]

    package init(_ shape: [Int]) {
        self.shape = shape
    }

    package var op: Op { .reshape(self) }

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
        let resolved = shape.map { $0 == -1 ? x.elementCount / count : $0 }
        return [TensorType(inputs[0].dtype, Shape(resolved))]
    }
}
