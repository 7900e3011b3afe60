import Tensors

/// The slices that the last axis of an index tensor addresses.
///
/// Indices `[…, depth]` address the leading `depth` axes of a shape; the rest of the shape is a slice.
package struct SliceIndex: Sendable {
    /// The number of slices that the indices list.
    package let count: Int
    /// How many axes an index addresses.
    package let depth: Int
    /// The elements of a slice.
    package let sliceCount: Int
    /// The shape of the slices together.
    package let slicesShape: Shape
    private let extents: [Int]

    /// Nil if an index has more parts than the shape has axes.
    package init?(indices: Shape, into shape: Shape) {
        guard let depth = indices.dims.last, (0...shape.rank).contains(depth) else { return nil }
        let leading = Array(indices.dims.dropLast())
        let slice = Array(shape.dims.dropFirst(depth))
        count = Shape(leading).elementCount
        self.depth = depth
        sliceCount = Shape(slice).elementCount
        slicesShape = Shape(leading + slice)
        extents = Array(shape.dims.prefix(depth))
    }

    /// The number of the slice at an index of `depth` parts; nil if a part is out of range.
    func position<Index: FixedWidthInteger>(_ index: UnsafePointer<Index>) -> Int? {
        var position = 0
        for axis in 0..<depth {
            guard let part = Int(exactly: index[axis]), (0..<extents[axis]).contains(part) else {
                return nil
            }
            position = position * extents[axis] + part
        }
        return position
    }
}

extension ReferenceKernels {
    /// The slices of `input` that the indices list; false at an index out of range.
    @_specialize(where Index == Int32)
    @_specialize(where Index == Int64)
    package static func gatherNd<Index: FixedWidthInteger & BitwiseCopyable>(
        _ slices: SliceIndex, indices: UnsafePointer<Index>, elementSize: Int,
        input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) -> Bool {
        let bytes = slices.sliceCount * elementSize
        for slice in 0..<slices.count {
            guard let position = slices.position(indices + slice * slices.depth) else {
                return false
            }
            (output + slice * bytes).copyMemory(from: input + position * bytes, byteCount: bytes)
        }
        return true
    }

    /// Adds slices of `updates` to the ones of `output` that the indices list; false at an index out of range.
    @_specialize(where Element == Float, Index == Int32)
    @_specialize(where Element == Int32, Index == Int32)
    package static func scatterNd<
        Element: ArithmeticElement, Index: FixedWidthInteger & BitwiseCopyable
    >(
        _ slices: SliceIndex, indices: UnsafePointer<Index>, updates: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>
    ) -> Bool {
        let count = slices.sliceCount
        for slice in 0..<slices.count {
            guard let position = slices.position(indices + slice * slices.depth) else {
                return false
            }
            let (source, target) = (updates + slice * count, output + position * count)
            for index in 0..<count { target[index] = Element.sum(target[index], source[index]) }
        }
        return true
    }
}
