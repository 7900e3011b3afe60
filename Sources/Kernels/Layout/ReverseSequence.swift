import Tensors

extension LayoutKernels {
    /// The first `lengths[b]` elements along `axis` in reverse order for each index b along `batchAxis`.
    ///
    /// The axes differ; each length is at most the extent of `axis`.
    package static func reverseSequence(
        _ shape: Shape, axis: Int, batchAxis: Int, lengths: [Int], elementSize: Int,
        input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let inner = max(axis, batchAxis)
        let bytes = Shape(Array(shape.dims[(inner + 1)...])).elementCount * elementSize
        let strides = shape.strides
        for block in 0..<shape.dims[...inner].reduce(1, *) {
            let offset = block * strides[inner]
            let position = offset / strides[axis] % shape[axis]
            let length = lengths[offset / strides[batchAxis] % shape[batchAxis]]
            let source = position < length ? length - 1 - position : position
            let from = offset + (source - position) * strides[axis]
            (output + offset * elementSize).copyMemory(
                from: input + from * elementSize, byteCount: bytes)
        }
    }
}
