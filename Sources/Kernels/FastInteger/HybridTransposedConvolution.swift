import Tensors

/// A 2-D transposed convolution of floats with integer weights: each image is rounded to 8 bits.
package final class HybridTransposedConvolution: Sendable {
    private let parameters: Conv2DParameters
    private let sums: TransposedSums
    private let scales: [Float]

    /// - Parameters:
    ///   - filter: `[out, kh, kw, in]`; the zero point is 0.
    ///   - scales: one for each output channel.
    package init(_ parameters: Conv2DParameters, filter: UnsafePointer<Int8>, scales: [Float]) {
        self.parameters = parameters
        self.scales = scales
        sums = TransposedSums(parameters, filter: filter)
    }

    /// Convolves; data shapes at `Conv2DParameters`, `bias` `[out]`.
    package func run(
        input: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (outputs, pixels) = (parameters.outputChannels, sums.pixels)
        let length =
            parameters.height.output * parameters.width.output * parameters.inputChannels
        let image = UnsafeMutablePointer<Int8>.allocate(capacity: max(length, 1))
        let values = UnsafeMutablePointer<Int32>.allocate(capacity: max(pixels * outputs, 1))
        defer {
            image.deallocate()
            values.deallocate()
        }
        let terms = HybridTerms(
            scales: scales, isPerTensor: false, bias: bias, activation: parameters.activation)
        for record in 0..<parameters.batch {
            let floats = input + record * length
            let scale = HybridScale(of: floats, count: length, isAsymmetric: true)
            scale.round(floats, count: length, to: image)
            values.update(repeating: 0, count: pixels * outputs)
            sums.add(image, zeroPoint: scale.zeroPoint, to: values, threads: threads)
            terms.express(
                values, rows: pixels, columns: outputs, scale,
                to: output + record * pixels * outputs)
        }
    }
}
