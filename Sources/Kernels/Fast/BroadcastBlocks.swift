import CKernels

extension BroadcastLoop {
    /// Calls `body` with blocks of neighbouring rows of the broadcast, on several threads if there are many.
    ///
    /// A block comes with the offsets of its first elements in up to three operands and in the output. It has at most
    /// `limit` elements more than a row.
    func forEachBlock(
        threads: Int, limit: Int = .max,
        _ body: (_ shape: kc_broadcast_shape, _ offsets: BlockOffsets, _ output: Int) -> Void
    ) {
        guard count > 0 else { return }
        guard extents.count > 1 else { return forEachPart(threads, limit, body) }
        let shape = innermostShape
        let outer = withoutInnermostAxes(2)
        let (grain, step) = (16384 / shape.count + 1, max(limit / shape.count, 1))
        outer.forEachRun { first, offsets in
            for index in 0..<outer.runLength {
                var start = BlockOffsets()
                for operand in offsets.indices {
                    start[operand] = offsets[operand] + index * outer.runStride(operand)
                }
                let target = (first + index) * shape.rows * shape.count
                Parallel.forEachPart(of: shape.rows, threads: threads, grain: grain) { part in
                    for row in stride(from: part.lowerBound, to: part.upperBound, by: step) {
                        var some = shape
                        some.rows = min(step, part.upperBound - row)
                        body(
                            some, start.moved(by: row, shape.a_row, shape.b_row, shape.c_row),
                            target + row * shape.count)
                    }
                }
            }
        }
    }

    /// The blocks of a broadcast that is a single row.
    private func forEachPart(
        _ threads: Int, _ limit: Int,
        _ body: (_ shape: kc_broadcast_shape, _ offsets: BlockOffsets, _ output: Int) -> Void
    ) {
        let shape = innermostShape
        let (a, b, c) = (Int(shape.a_step), Int(shape.b_step), Int(shape.c_step))
        Parallel.forEachPart(of: count, threads: threads, grain: 16384) { part in
            for first in stride(
                from: part.lowerBound, to: part.upperBound, by: min(limit, part.count))
            {
                var some = shape
                some.count = min(limit, part.upperBound - first)
                body(some, BlockOffsets().moved(by: first, a, b, c), first)
            }
        }
    }

    /// The two innermost joined axes.
    private var innermostShape: kc_broadcast_shape {
        let axis = extents.count - 1
        func row(_ operand: Int) -> Int {
            axis > 0 && operand < strides.count ? strides[operand][axis - 1] : 0
        }
        func step(_ operand: Int) -> Int32 {
            operand < strides.count ? Int32(runStride(operand)) : 0
        }
        return kc_broadcast_shape(
            rows: axis > 0 ? extents[axis - 1] : 1, count: runLength, a_row: row(0), b_row: row(1),
            c_row: row(2), a_step: step(0), b_step: step(1), c_step: step(2))
    }
}

/// Where a block starts in each of up to three operands, in elements.
struct BlockOffsets {
    private(set) var a = 0
    private(set) var b = 0
    private(set) var c = 0

    subscript(operand: Int) -> Int {
        get { operand == 0 ? a : operand == 1 ? b : c }
        set {
            switch operand {
            case 0: a = newValue
            case 1: b = newValue
            default: c = newValue
            }
        }
    }

    /// The offsets `count` steps further, where each operand has a step of its own.
    func moved(by count: Int, _ stepA: Int, _ stepB: Int, _ stepC: Int) -> BlockOffsets {
        var moved = self
        moved.a += count * stepA
        moved.b += count * stepB
        moved.c += count * stepC
        return moved
    }
}
