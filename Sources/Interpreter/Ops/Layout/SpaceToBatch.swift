import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SPACE_TO_BATCH_ND: x `[N, spatial…, rest…]`, padded and cut into interleaved parts, which become records.
    ///
    /// Record `(by·… + bx)·N + n` holds the positions of record n that are by, bx, … modulo the block.
    func spaceToBatch() throws -> PreparedOperator {
        let x = try input(0)
        let (blocks, before, after) = try blocksAndWidths(of: x)
        let padded = Shape(
            x.shape.dims.indices.map { x.shape.dims[$0] + before[$0] + after[$0] })
        var dims = padded.dims
        for (index, block) in blocks.enumerated() {
            guard dims[index + 1] % block == 0 else {
                throw malformed("blocks of \(blocks) do not fit \(padded)")
            }
            dims[index + 1] /= block
            dims[0] = try product(dims[0], block)
        }
        let y = try output(0, x.dtype, Shape(dims), quantized: true)
        let zero = zeroElement(of: x)
        return PreparedOperator(y) { context in
            zero.withUnsafeBytes { value in
                guard let value = value.baseAddress else { return }
                LayoutKernels.spaceToBatch(
                    x.shape, blocks: blocks, before: before, after: after,
                    elementSize: x.elementSize, value: value, input: context.bytes(x),
                    output: context.output(y))
            }
        }
    }

    /// BATCH_TO_SPACE_ND: the inverse of `spaceToBatch`, with crops instead of paddings.
    func batchToSpace() throws -> PreparedOperator {
        let x = try input(0)
        let (blocks, before, after) = try blocksAndWidths(of: x)
        var dims = x.shape.dims
        for (index, block) in blocks.enumerated() {
            guard dims[0] % block == 0 else {
                throw malformed("blocks of \(blocks) do not fit \(x.shape)")
            }
            dims[0] /= block
            dims[index + 1] = try product(dims[index + 1], block)
        }
        for axis in dims.indices {
            guard before[axis] + after[axis] <= dims[axis] else {
                throw malformed("\(Shape(dims)) loses more than all along axis \(axis)")
            }
            dims[axis] -= before[axis] + after[axis]
        }
        let y = try output(0, x.dtype, Shape(dims), quantized: true)
        return PreparedOperator(y) { context in
            LayoutKernels.batchToSpace(
                x.shape, blocks: blocks, begin: before, result: y.shape,
                elementSize: x.elementSize, input: context.bytes(x), output: context.output(y))
        }
    }

    /// The extents of a block, and the widths before and after each axis of x.
    private func blocksAndWidths(
        of x: Operand
    ) throws -> (blocks: [Int], before: [Int], after: [Int]) {
        let (blocks, widths) = (try integers(1), try integers(2))
        let rest = x.shape.rank - 1 - blocks.count
        let limit = Int(Int32.max)
        guard rest >= 0, widths.count == 2 * blocks.count,
            blocks.allSatisfy({ (1...limit).contains($0) }),
            widths.allSatisfy({ (0...limit).contains($0) })
        else { throw malformed("blocks of \(blocks) and widths \(widths) do not fit \(x.shape)") }
        let others = [Int](repeating: 0, count: rest)
        return (
            blocks, [0] + blocks.indices.map { widths[2 * $0] } + others,
            [0] + blocks.indices.map { widths[2 * $0 + 1] } + others
        )
    }

    private func product(_ a: Int, _ b: Int) throws -> Int {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        guard !overflow, product <= Int(Int32.max) else {
            throw malformed("blocks of \(b) are too large")
        }
        return product
    }
}
