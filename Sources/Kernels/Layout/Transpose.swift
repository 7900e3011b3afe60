import Tensors

extension StridedCopy {
    /// Output dimension `i` is input dimension `permutation[i]`; a full permutation of the axes.
    package static func transpose(
        _ shape: Shape, permutation: [Int], elementSize: Int
    ) -> StridedCopy {
        let strides = shape.strides
        let result = Shape(permutation.map { shape.dims[$0] })
        return StridedCopy(
            extents: result.dims, sourceStrides: permutation.map { strides[$0] },
            targetStrides: result.strides, elementSize: elementSize)
    }

    /// `[batch, h·block, w·block, c]` → `[batch, h, w, block·block·c]`; result channel
    /// `(by·block + bx)·c + channel`.
    package static func spaceToDepth(_ shape: Shape, block: Int, elementSize: Int) -> StridedCopy {
        let (height, width) = (shape[1] / block, shape[2] / block)
        return transpose(
            [shape[0], height, block, width, block, shape[3]], permutation: [0, 1, 3, 2, 4, 5],
            elementSize: elementSize)
    }

    /// The inverse of `spaceToDepth`: `[batch, h, w, block·block·c]` → `[batch, h·block, w·block, c]`.
    package static func depthToSpace(_ shape: Shape, block: Int, elementSize: Int) -> StridedCopy {
        let channels = shape[3] / (block * block)
        return transpose(
            [shape[0], shape[1], shape[2], block, block, channels],
            permutation: [0, 1, 3, 2, 4, 5], elementSize: elementSize)
    }
}

extension LayoutKernels {
    /// As `StridedCopy.transpose`.
    package static func transpose(
        _ shape: Shape, permutation: [Int], elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        StridedCopy.transpose(shape, permutation: permutation, elementSize: elementSize)
            .run(from: input, to: output)
    }

    /// As `StridedCopy.spaceToDepth`.
    package static func spaceToDepth(
        _ shape: Shape, block: Int, elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        StridedCopy.spaceToDepth(shape, block: block, elementSize: elementSize)
            .run(from: input, to: output)
    }

    /// As `StridedCopy.depthToSpace`.
    package static func depthToSpace(
        _ shape: Shape, block: Int, elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        StridedCopy.depthToSpace(shape, block: block, elementSize: elementSize)
            .run(from: input, to: output)
    }
}
