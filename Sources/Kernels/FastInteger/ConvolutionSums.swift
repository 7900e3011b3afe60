import CKernels

/// The sums of products of a 2-D convolution of 8-bit integers, before they are scaled.
struct ConvolutionSums: Sendable {
    let parameters: Conv2DParameters
    /// The packed weights of each group.
    let matrices: [PackedIntegerMatrix]

    /// Multiplies the windows of one image, some lines of results of a group after the other.
    ///
    /// - Parameters:
    ///   - zeroPoint: the integer of the data that stands for 0.
    ///   - finish: takes the sums of the pixels of some lines, `[pixels, columns]`.
    func forEachBlock(
        of image: UnsafePointer<Int8>, zeroPoint: Int32, threads: Int,
        finish: (_ group: Int, _ lines: Range<Int>, _ sums: UnsafePointer<Int32>) -> Void
    ) {
        let inputs = parameters.inputChannels / parameters.groups
        for (group, matrix) in matrices.enumerated() {
            let strip = WidenedStrip(
                imageChannels: parameters.inputChannels,
                channels: group * inputs..<(group + 1) * inputs, height: parameters.height,
                width: parameters.width, inputZeroPoint: zeroPoint)
            let offsets = matrix.offsets(bias: nil, inputZeroPoint: zeroPoint)
            let block = strip.blockLines
            Parallel.forEachPart(of: parameters.height.output, threads: threads) { part in
                for line in stride(from: part.lowerBound, to: part.upperBound, by: block) {
                    let lines = line..<min(line + block, part.upperBound)
                    multiply(matrix, strip, offsets, image, lines) { finish(group, lines, $0) }
                }
            }
        }
    }

    /// Calls `finish` with the sums of the pixels of some lines, `[pixels, columns]`.
    private func multiply(
        _ matrix: PackedIntegerMatrix, _ strip: WidenedStrip, _ offsets: [Int32],
        _ image: UnsafePointer<Int8>, _ lines: Range<Int>,
        _ finish: (_ sums: UnsafePointer<Int32>) -> Void
    ) {
        let count = lines.count * parameters.width.output
        strip.withRows(image, lines: lines) { start in
            withUnsafeTemporaryAllocation(
                of: Int32.self, capacity: max(count * matrix.columns, 1)
            ) { memory in
                guard let sums = memory.baseAddress else { return }
                IntegerProduct.withRows(count) { from, to in
                    strip.addresses(start, lines: lines.count, to: from)
                    for index in 0..<count { to[index] = sums + index * matrix.columns }
                    IntegerProduct.multiply(
                        UnsafePointer(from), count: count, taps: strip.taps, matrix, offsets,
                        to: UnsafePointer(to))
                }
                finish(UnsafePointer(sums))
            }
        }
    }
}
