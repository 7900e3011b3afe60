import CKernels
import Tensors

/// A depthwise convolution of floats with integer weights: each image is rounded to 8 bits.
package final class HybridDepthwise: Sendable {
    private let parameters: DepthwiseConv2DParameters
    private let windows: DepthwiseWindows
    private let scales: [Float]

    /// - Parameter scales: one for each output channel.
    package init(_ parameters: DepthwiseConv2DParameters, scales: [Float]) {
        self.parameters = parameters
        self.scales = scales
        var single = parameters
        single.batch = 1
        windows = DepthwiseWindows(single)
    }

    /// Convolves; data shapes at `DepthwiseConv2DParameters`, `bias` `[in · multiplier]`.
    package func run(
        input: UnsafePointer<Float>, filter: UnsafePointer<Int8>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let outputs = parameters.outputChannels
        let imageLength =
            parameters.height.input * parameters.width.input * parameters.inputChannels
        let pixels = parameters.height.output * parameters.width.output
        let image = UnsafeMutablePointer<Int8>.allocate(capacity: max(imageLength, 1))
        let sums = UnsafeMutablePointer<Int32>.allocate(capacity: max(pixels * outputs, 1))
        defer {
            image.deallocate()
            sums.deallocate()
        }
        let terms = HybridTerms(
            scales: scales, isPerTensor: false, bias: bias, activation: parameters.activation)
        for record in 0..<parameters.batch {
            let floats = input + record * imageLength
            let scale = HybridScale(of: floats, count: imageLength, isAsymmetric: true)
            scale.round(floats, count: imageLength, to: image)
            windows.run(
                kc_integer_window_job(), input: image, zeroPoint: scale.zeroPoint,
                filter: filter, output: nil, sums: sums, threads: threads)
            terms.express(
                sums, rows: pixels, columns: outputs, scale,
                to: output + record * pixels * outputs)
        }
    }
}
