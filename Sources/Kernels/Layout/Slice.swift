import Tensors

extension LayoutKernels {
    /// Elements `begin[i] + j·step[i]` for `j` in `0..<extents[i]`; steps may be negative.
    ///
    /// Every element must lie inside `shape`. Dense result of shape `extents`. Slices, strided slices,
    /// splits and unstacks are all of this form.
    package static func slice(
        _ shape: Shape, begin: [Int], extents: [Int], steps: [Int]? = nil, elementSize: Int,
        input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let strides = shape.strides
        let offset = zip(begin, strides).reduce(0) { $0 + $1.0 * $1.1 }
        let sourceStrides = steps.map { zip($0, strides).map { $0 * $1 } } ?? strides
        StridedCopy(
            extents: extents, sourceStrides: sourceStrides, targetStrides: Shape(extents).strides,
            elementSize: elementSize
        ).run(from: input + offset * elementSize, to: output)
    }

    /// Reverses the order along `axes` (normalized).
    package static func reverse(
        _ shape: Shape, axes: [Int], elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        guard shape.elementCount > 0 else { return }
        let isReversed = (0..<shape.rank).map { axes.contains($0) }
        slice(
            shape, begin: (0..<shape.rank).map { isReversed[$0] ? shape.dims[$0] - 1 : 0 },
            extents: shape.dims, steps: isReversed.map { $0 ? -1 : 1 }, elementSize: elementSize,
            input: input, output: output)
    }
}
