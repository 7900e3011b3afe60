import Tensors

extension StridedCopy {
    /// Repeats the whole tensor `multiples[i]` times along each dimension.
    package static func tile(_ shape: Shape, multiples: [Int], elementSize: Int) -> StridedCopy {
        let result = Shape(zip(shape.dims, multiples).map { $0 * $1 })
        let (from, to) = (shape.strides, result.strides)
        return StridedCopy(
            extents: (0..<shape.rank).flatMap { [multiples[$0], shape.dims[$0]] },
            sourceStrides: (0..<shape.rank).flatMap { [0, from[$0]] },
            targetStrides: (0..<shape.rank).flatMap { [to[$0] * shape.dims[$0], to[$0]] },
            elementSize: elementSize)
    }

    /// Repeats `shape` to `target` by the rules of broadcasting; the shapes must fit.
    package static func broadcast(
        _ shape: Shape, to target: Shape, elementSize: Int
    ) -> StridedCopy {
        let lead = target.rank - shape.rank
        let strides = shape.strides
        return StridedCopy(
            extents: target.dims,
            sourceStrides: (0..<target.rank).map { axis in
                axis < lead || shape.dims[axis - lead] == 1 ? 0 : strides[axis - lead]
            },
            targetStrides: target.strides, elementSize: elementSize)
    }
}

extension LayoutKernels {
    /// As `StridedCopy.tile`.
    package static func tile(
        _ shape: Shape, multiples: [Int], elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        StridedCopy.tile(shape, multiples: multiples, elementSize: elementSize)
            .run(from: input, to: output)
    }

    /// As `StridedCopy.broadcast`.
    package static func broadcast(
        _ shape: Shape, to target: Shape, elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        StridedCopy.broadcast(shape, to: target, elementSize: elementSize)
            .run(from: input, to: output)
    }

    /// Sets `count` elements to the one at `value`.
    package static func fill(
        count: Int, elementSize: Int, value: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let byteCount = count * elementSize
        guard byteCount > 0 else { return }
        output.copyMemory(from: value, byteCount: elementSize)
        var filled = elementSize
        while filled < byteCount {
            let more = min(filled, 1 << 14, byteCount - filled)
            (output + filled).copyMemory(from: output, byteCount: more)
            filled += more
        }
    }
}
