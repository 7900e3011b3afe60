import CKernels
import Tensors

/// A 2-D convolution of floats with integer weights: each image is rounded to 8 bits.
package final class HybridConvolution: Sendable {
    /// The convolution of a group of channels.
    private final class Group: Sendable {
        let matrix: PackedIntegerMatrix
        /// What sums start with for data whose zero point is 0.
        let offsets: [Int32]
        let strip: WidenedStrip
        let taps: [Int]

        init(_ matrix: PackedIntegerMatrix, _ strip: WidenedStrip) {
            self.matrix = matrix
            self.strip = strip
            offsets = matrix.offsets(bias: nil, inputZeroPoint: 0)
            taps = strip.taps
        }
    }

    private let parameters: Conv2DParameters
    private let groups: [Group]
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
        let matrices = FastIntegerConvolution.matrices(parameters, filter: filter, packed: packed)
        let inputs = parameters.inputChannels / parameters.groups
        groups = matrices.enumerated().map { number, matrix in
            Group(
                matrix,
                WidenedStrip(
                    imageChannels: parameters.inputChannels,
                    channels: number * inputs..<(number + 1) * inputs, height: parameters.height,
                    width: parameters.width, inputZeroPoint: 0))
        }
    }

    /// Convolves; data shapes at `Conv2DParameters`, `bias` `[out]`.
    package func run(
        input: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let imageLength = height.input * width.input * parameters.inputChannels
        let resultLength = height.output * width.output * parameters.outputChannels
        for record in 0..<parameters.batch {
            let image = input + record * imageLength
            let scale = HybridScale(of: image, count: imageLength, isAsymmetric: !isPerTensor)
            for (number, group) in groups.enumerated() {
                let first = number * group.matrix.columns
                let terms = HybridTerms(
                    scales: scales, isPerTensor: isPerTensor, first: first, bias: bias,
                    isFactorFirst: isPerTensor, activation: parameters.activation)
                let block = group.strip.blockLines
                Parallel.forEachPart(of: height.output, threads: threads) { part in
                    for line in stride(from: part.lowerBound, to: part.upperBound, by: block) {
                        multiply(
                            group, image, scale, terms, line..<min(line + block, part.upperBound),
                            to: output + record * resultLength + first)
                    }
                }
            }
        }
    }

    /// Computes the pixels of some lines.
    ///
    /// - Parameter result: the first channel of the group of the first pixel.
    private func multiply(
        _ group: Group, _ image: UnsafePointer<Float>, _ scale: HybridScale, _ terms: HybridTerms,
        _ lines: Range<Int>, to result: UnsafeMutablePointer<Float>
    ) {
        let (columns, outputs) = (parameters.width.output, parameters.outputChannels)
        let count = lines.count * columns
        group.strip.withRows(lines: lines, zeroPoint: scale.zeroPoint) { element, count, target in
            scale.round(image + element, count: count, toRow: target)
        } body: { start in
            IntegerProduct.withRows(count) { from, to in
                group.strip.addresses(start, lines: lines.count, to: from)
                let target = result + lines.lowerBound * columns * outputs
                for index in 0..<count { to[index] = target + index * outputs }
                var (factor, correction) = (terms.factor(scale), scale.correction)
                terms.withExpression(
                    &factor, &correction, rowStep: 0, columnSums: group.matrix.columnSums
                ) { expression in
                    IntegerProduct.multiply(
                        UnsafePointer(from), count: count, taps: group.taps, group.matrix,
                        group.offsets, expression, to: UnsafePointer(to))
                }
            }
        }
    }
}
