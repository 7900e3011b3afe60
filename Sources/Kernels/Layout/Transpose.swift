import Tensors

extension LayoutKernels {
    /// Output dimension `i` is input dimension `permutation[i]`; a full permutation of the axes.
    package static func transpose(
        _ shape: Shape, permutation: [Int], elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        let strides = shape.strides
        let result = Shape(permutation.map { shape.dims[$0] })
        StridedCopy(
            extents: result.dims, sourceStrides: permutation.map { strides[$0] },
            targetStrides: result.strides, elementSize: elementSize
        ).run(from: input, to: output)
    }

    /// `[batch, h·block, w·block, c]` → `[batch, h, w, block·block·c]`; result channel
    /// `(by·block + bx)·c + channel`.
    package static func spaceToDepth(
        _ shape: Shape, block: Int, elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        let (height, width) = (shape[1] / block, shape[2] / block)
        transpose(
            [shape[0], height, block, width, block, shape[3]], permutation: [0, 1, 3, 2, 4, 5],
            elementSize: elementSize, input: input, output: output)
    }

    /// The inverse of `spaceToDepth`: `[batch, h, w, block·block·c]` → `[batch, h·block, w·block, c]`.
    package static func depthToSpace(
        _ shape: Shape, block: Int, elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        let channels = shape[3] / (block * block)
        transpose(
            [shape[0], shape[1], shape[2], block, block, channels],
            permutation: [0, 1, 3, 2, 4, 5], elementSize: elementSize, input: input, output: output)
    }
}
