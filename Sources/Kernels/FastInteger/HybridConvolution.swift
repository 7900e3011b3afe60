import Tensors

/// A 2-D convolution of floats with integer weights: each image is rounded to 8 bits.
package final class HybridConvolution: Sendable {
    private let parameters: Conv2DParameters
    private let sums: ConvolutionSums
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
        sums = ConvolutionSums(
            parameters: parameters,
            matrices: FastIntegerConvolution.matrices(parameters, filter: filter, packed: packed))
    }

    /// Convolves; data shapes at `Conv2DParameters`, `bias` `[out]`.
    package func run(
        input: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let imageLength = height.input * width.input * parameters.inputChannels
        let image = UnsafeMutablePointer<Int8>.allocate(capacity: max(imageLength, 1))
        defer { image.deallocate() }
        for record in 0..<parameters.batch {
            let scale = HybridScale(
                rounding: input + record * imageLength, count: imageLength,
                isAsymmetric: !isPerTensor, to: image)
            sums.forEachBlock(of: image, zeroPoint: scale.zeroPoint, threads: threads) {
                group, lines, sums in
                let columns = parameters.outputChannels / parameters.groups
                let first = group * columns
                let terms = HybridTerms(
                    scales: scales, isPerTensor: isPerTensor, first: first, columnSums: nil,
                    bias: bias, isFactorFirst: isPerTensor, activation: parameters.activation)
                let pixel = record * height.output * width.output + lines.lowerBound * width.output
                terms.express(
                    sums, rows: lines.count * width.output, columns: columns, scale,
                    to: output + pixel * parameters.outputChannels + first,
                    step: parameters.outputChannels)
            }
        }
    }
}
