import Tensors

extension StridedCopy {
    /// Elements `begin[i] + j·step[i]` for `j` in `0..<extents[i]`; steps may be negative.
    ///
    /// Every element must lie inside `shape`. Dense result of shape `extents`. Slices, strided slices,
    /// splits and unstacks are all of this form.
    package static func slice(
        _ shape: Shape, begin: [Int], extents: [Int], steps: [Int]? = nil, elementSize: Int
    ) -> StridedCopy {
        let strides = shape.strides
        return StridedCopy(
            extents: extents,
            sourceStrides: steps.map { zip($0, strides).map { $0 * $1 } } ?? strides,
            targetStrides: Shape(extents).strides, elementSize: elementSize,
            sourceOffset: zip(begin, strides).reduce(0) { $0 + $1.0 * $1.1 })
    }

    /// Reverses the order along `axes` (normalized).
    package static func reverse(_ shape: Shape, axes: [Int], elementSize: Int) -> StridedCopy {
        let isReversed = (0..<shape.rank).map { axes.contains($0) }
        return slice(
            shape, begin: (0..<shape.rank).map { isReversed[$0] ? shape.dims[$0] - 1 : 0 },
            extents: shape.dims, steps: isReversed.map { $0 ? -1 : 1 }, elementSize: elementSize)
    }
}

extension LayoutKernels {
    /// As `StridedCopy.slice`.
    package static func slice(
        _ shape: Shape, begin: [Int], extents: [Int], steps: [Int]? = nil, elementSize: Int,
        input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        StridedCopy.slice(
            shape, begin: begin, extents: extents, steps: steps, elementSize: elementSize
        ).run(from: input, to: output)
    }

    /// As `StridedCopy.reverse`.
    package static func reverse(
        _ shape: Shape, axes: [Int], elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        StridedCopy.reverse(shape, axes: axes, elementSize: elementSize)
            .run(from: input, to: output)
    }
}
