import Problems
import TFLiteFormat
import Tensors

/// The elements of a sparse constant.
struct SparseElements {
    /// Where each stored element lies in the dense tensor.
    private let positions: [Int]
    private let shape: Shape
    private let elementSize: Int

    /// The walk through a tensor of this shape.
    ///
    /// - Parameter storedCount: how many elements the file stores.
    /// - Throws: `Problem.Kind.malformed` if the layout contradicts itself or the shape.
    init(
        _ sparsity: TFLiteSparsity, shape: Shape, elementSize: Int, storedCount: Int, name: String
    ) throws {
        self.shape = shape
        self.elementSize = elementSize
        let malformed = Problem(
            .malformed(what: "tensor '\(name)'", reason: "its sparse layout contradicts itself"))
        let (rank, levels) = (shape.rank, sparsity.levels)
        guard sparsity.traversalOrder.count == levels.count, levels.count <= 32,
            sparsity.traversalOrder.sorted() == Array(0..<levels.count),
            levels.count == rank + sparsity.blockMap.count,
            sparsity.blockMap.allSatisfy({ shape.dims.indices.contains($0) })
        else { throw malformed }
        var (extents, strides) = (shape.dims, shape.strides)
        for (block, axis) in sparsity.blockMap.enumerated() {
            guard let level = sparsity.traversalOrder.firstIndex(of: rank + block),
                case .dense(let size) = levels[level], size > 0, extents[axis] % size == 0
            else { throw malformed }
            extents[axis] /= size
            extents.append(size)
            strides.append(strides[axis])
            strides[axis] *= size
        }
        var positions = [0]
        for (axis, level) in zip(sparsity.traversalOrder, levels) {
            guard
                let next = Self.walk(
                    level, from: positions, extent: extents[axis], stride: strides[axis],
                    limit: shape.elementCount)
            else { throw malformed }
            positions = next
        }
        guard positions.count <= storedCount else { throw malformed }
        self.positions = positions
    }

    /// The positions that one level makes of those of the levels around; nil if it does not fit.
    private static func walk(
        _ level: TFLiteSparsity.Level, from places: [Int], extent: Int, stride: Int, limit: Int
    ) -> [Int]? {
        switch level {
        case .dense(let size):
            let (count, overflow) = size.multipliedReportingOverflow(by: places.count)
            guard size == extent, !overflow, count <= limit else { return nil }
            return places.flatMap { place in (0..<size).map { place + $0 * stride } }
        case .sparse(let segments, let indices):
            guard segments.count == places.count + 1, segments[0] >= 0,
                zip(segments, segments.dropFirst()).allSatisfy({ $0 <= $1 }),
                segments[places.count] <= indices.count, indices.count <= limit,
                indices.allSatisfy({ (0..<extent).contains($0) })
            else { return nil }
            return places.indices.flatMap { number in
                indices[segments[number]..<segments[number + 1]].map {
                    places[number] + $0 * stride
                }
            }
        }
    }

    /// The dense elements, zeros if none are stored.
    func dense(_ stored: UnsafeRawBufferPointer) -> KnownElements {
        let byteCount = shape.elementCount * elementSize
        let storage = TensorStorage(byteCount: max(byteCount, 1))
        for (number, position) in positions.enumerated() {
            UnsafeMutableRawBufferPointer(
                rebasing: storage.mutableBytes[(position * elementSize)...]
            ).copyMemory(
                from: UnsafeRawBufferPointer(
                    rebasing: stored[number * elementSize..<(number + 1) * elementSize]))
        }
        return KnownElements(storage, byteCount: byteCount)
    }
}
