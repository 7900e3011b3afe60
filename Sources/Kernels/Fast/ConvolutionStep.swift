import Foundations
import Tensors

/// One axis of a step: output `outputFirst + j·outputStep` reads inputs `j·inputStep + displacement`.
struct GridAxis: Sendable {
    let count: Int
    let inputStep: Int
    let outputFirst: Int
    let outputStep: Int
    let displacements: [Int]

    /// The input positions that outputs `range` read, whether inside the data or not.
    func reach(_ range: Range<Int>) -> Range<Int> {
        guard let least = displacements.min(), let greatest = displacements.max() else {
            return 0..<0
        }
        let first = range.lowerBound * inputStep + least
        return first..<(range.upperBound - 1) * inputStep + greatest + 1
    }
}

/// One matrix product of a convolution: a grid of outputs, each with the same taps.
///
/// The rows of the product are the taps' channels around each grid position, read in place. If
/// the window leaves the image, the rows come from a copy of the needed strip with zeros around.
struct ConvolutionStep: Sendable {
    /// Depth, height and width.
    let grid: [GridAxis]
    let inputChannel: Int
    /// Channels read per tap.
    let tapChannels: Int
    let outputChannel: Int
    /// `[taps·tapChannels, output channels of this step]`.
    let matrix: PackedMatrix

    func run(
        _ source: UnsafePointer<Float>, _ input: ImageExtents,
        _ target: UnsafeMutablePointer<Float>, _ output: ImageExtents,
        bias: UnsafePointer<Float>?, activation: Clamp, threads: Int
    ) {
        let lines = grid[0].count * grid[1].count
        guard lines > 0, grid[2].count > 0 else { return }
        if let long = LongWindows(self, input) {
            return long.run(
                source, target, output, bias: bias, activation: activation, threads: threads)
        }
        let block = blockLines(input, threads: threads)
        Parallel.forEachPart(of: lines, threads: threads) { part in
            var line = part.lowerBound
            while line < part.upperBound {
                let (z, y) = (line / grid[1].count, line % grid[1].count)
                let count = min(block, part.upperBound - line, grid[1].count - y)
                let strip = Strip(step: self, input, plane: z, rows: y..<y + count)
                strip.withData(source) { data, strip in
                    multiply(
                        data, strip, plane: z, rows: y..<y + count, target, output,
                        bias.map { $0 + outputChannel }, activation)
                }
                line += count
            }
        }
    }

    /// The most floats that one thread copies at a time; saturates.
    func scratchCount(_ input: ImageExtents) -> Int {
        let rows = grid[1].reach(0..<max(blockLines(input, threads: 1), 1)).count
        let planes = saturatingProduct(grid[0].reach(0..<1).count, rows)
        return saturatingProduct(planes, rowFloats(input))
    }

    private func rowFloats(_ input: ImageExtents) -> Int {
        saturatingProduct(grid[2].reach(0..<grid[2].count).count, input.channels)
    }

    /// Output rows per block: what a block reads should stay in the second-level cache.
    private func blockLines(_ input: ImageExtents, threads: Int) -> Int {
        let rowsPerLine = saturatingProduct(grid[1].inputStep, grid[0].displacements.count)
        let cached = 65536 / max(saturatingProduct(rowFloats(input), rowsPerLine), 1)
        let enough = 48 / max(grid[2].count, 1) + 1
        return min(max(cached, enough), max(grid[1].count, 1))
    }

    private func multiply(
        _ data: UnsafePointer<Float>, _ strip: Strip, plane: Int, rows: Range<Int>,
        _ target: UnsafeMutablePointer<Float>, _ output: ImageExtents,
        _ bias: UnsafePointer<Float>?, _ activation: Clamp
    ) {
        let columns = grid[2].count
        let count = rows.count * columns
        let out =
            target + (grid[0].outputFirst + plane * grid[0].outputStep) * output.plane
            + outputChannel
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: count) { from in
            withUnsafeTemporaryAllocation(
                of: UnsafeMutablePointer<Float>.self, capacity: count
            ) { to in
                var index = 0
                for row in rows {
                    let inputRow =
                        data + (row - rows.lowerBound) * grid[1].inputStep * strip.rowStride
                    let outputRow =
                        out + (grid[1].outputFirst + row * grid[1].outputStep) * output.row
                    for column in 0..<columns {
                        from.initializeElement(
                            at: index, to: inputRow + column * grid[2].inputStep * strip.channels)
                        let position = grid[2].outputFirst + column * grid[2].outputStep
                        to.initializeElement(at: index, to: outputRow + position * output.channels)
                        index += 1
                    }
                }
                MatrixProduct.multiply(
                    UnsafeBufferPointer(from), UnsafeBufferPointer(to), taps: strip.taps,
                    tapLength: strip.tapLength, matrix, bias, activation)
            }
        }
    }
}
