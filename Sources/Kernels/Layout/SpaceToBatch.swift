import Tensors

extension LayoutKernels {
    /// `[N, H, W, …]`, padded, → `[by·bx·…·N, H/by, W/bx, …]`; `blocks` are the extents of a block.
    package static func spaceToBatch(
        _ shape: Shape, blocks: [Int], before: [Int], after: [Int], elementSize: Int,
        value: UnsafeRawPointer, input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let padded = Shape((0..<shape.rank).map { shape.dims[$0] + before[$0] + after[$0] })
        if (before + after).allSatisfy({ $0 == 0 }) {
            return spaceToBatch(padded, blocks, elementSize, input, output)
        }
        let byteCount = padded.elementCount * elementSize
        let image = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: 16)
        defer { image.deallocate() }
        pad(
            shape, before: before, after: after, elementSize: elementSize, value: value,
            input: input, output: image)
        spaceToBatch(padded, blocks, elementSize, image, output)
    }

    private static func spaceToBatch(
        _ padded: Shape, _ blocks: [Int], _ elementSize: Int, _ image: UnsafeRawPointer,
        _ output: UnsafeMutableRawPointer
    ) {
        var split = [padded[0]]
        for (index, block) in blocks.enumerated() { split += [padded[index + 1] / block, block] }
        let rest = Array(padded.dims.dropFirst(blocks.count + 1))
        let spatial = blocks.indices.map { 2 * $0 + 1 }
        transpose(
            Shape(split + rest),
            permutation: spatial.map { $0 + 1 } + [0] + spatial
                + (split.count..<split.count + rest.count),
            elementSize: elementSize, input: image, output: output)
    }

    /// The inverse of `spaceToBatch`, cut to `result` from `begin` on.
    package static func batchToSpace(
        _ shape: Shape, blocks: [Int], begin: [Int], result: Shape, elementSize: Int,
        input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let batch = shape[0] / blocks.reduce(1, *)
        let byteCount = shape.elementCount * elementSize
        let image = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: 16)
        defer { image.deallocate() }
        let (count, rest) = (blocks.count, shape.rank - 1 - blocks.count)
        let interleaved = (0..<count).flatMap { [count + 1 + $0, $0] }
        transpose(
            Shape(blocks + [batch] + shape.dims.dropFirst()),
            permutation: [count] + interleaved + (2 * count + 1..<2 * count + 1 + rest),
            elementSize: elementSize, input: input, output: image)
        var whole = shape.dims
        whole[0] = batch
        for (index, block) in blocks.enumerated() { whole[index + 1] *= block }
        slice(
            Shape(whole), begin: begin, extents: result.dims, elementSize: elementSize,
            input: image, output: output)
    }
}
