import CKernels
import Tensors

/// A 2-D convolution of floats with integer weights: each image is rounded to 8 bits.
package final class HybridConvolution: Sendable {
    private let parameters: Conv2DParameters
    private let matrices: [PackedIntegerMatrix]
    private let scales: [Float]
    private let isPerTensor: Bool

    /// - Parameters:
    ///   - filter: `[out, kh, kw, in / groups]`, which may have been packed before; the zero point is 0.
    ///   - scales: one for each output channel.
    ///   - isPerTensor: whether the scales are all the same one; 0 is then the integer 0 in the data.
    package init(
        _ parameters: Conv2DParameters, filter: UnsafePointer<Int8>, scales: [Float],
        isPerTensor: Bool, packed: PackedMatrices = PackedMatrices()
    ) {
        self.parameters = parameters
        self.scales = scales
        self.isPerTensor = isPerTensor
        matrices = FastIntegerConvolution.matrices(parameters, filter: filter, packed: packed)
    }

    /// Convolves; data shapes at `Conv2DParameters`, `bias` `[out]`.
    package func run(
        input: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let imageLength = height.input * width.input * parameters.inputChannels
        let resultLength = height.output * width.output * parameters.outputChannels
        let inputs = parameters.inputChannels / parameters.groups
        let image = UnsafeMutablePointer<Int8>.allocate(capacity: max(imageLength, 1))
        defer { image.deallocate() }
        for record in 0..<parameters.batch {
            let scale = HybridScale(
                rounding: input + record * imageLength, count: imageLength,
                isAsymmetric: !isPerTensor, to: image)
            for (group, matrix) in matrices.enumerated() {
                let strip = WidenedStrip(
                    imageChannels: parameters.inputChannels,
                    channels: group * inputs..<(group + 1) * inputs, height: height, width: width,
                    inputZeroPoint: scale.zeroPoint)
                let first = group * matrix.columns
                let terms = HybridTerms(
                    scales: scales, isPerTensor: isPerTensor, first: first, columnSums: nil,
                    bias: bias, isFactorFirst: isPerTensor, activation: parameters.activation)
                let offsets = matrix.offsets(bias: nil, inputZeroPoint: scale.zeroPoint)
                let result = output + record * resultLength + first
                let block = strip.blockLines
                Parallel.forEachPart(of: height.output, threads: threads) { part in
                    for line in stride(from: part.lowerBound, to: part.upperBound, by: block) {
                        let lines = line..<min(line + block, part.upperBound)
                        let pixels = lines.count * width.output
                        multiply(matrix, strip, offsets, image, lines) { sums in
                            terms.express(
                                sums, rows: pixels, columns: matrix.columns, scale,
                                to: result + line * width.output * parameters.outputChannels,
                                step: parameters.outputChannels)
                        }
                    }
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
        let columns = parameters.width.output
        let count = lines.count * columns
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
