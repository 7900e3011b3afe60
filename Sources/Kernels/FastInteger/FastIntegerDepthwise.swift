import CKernels

/// A depthwise convolution of 8-bit integers, ready to run on any data.
package final class FastIntegerDepthwise: Sendable {
    private let strip: DepthwiseStrip?
    private let windows: DepthwiseWindows
    private let inputZeroPoint: Int32
    private let bias: [Int32]
    private let scaling: PackedScaling

    /// - Parameters:
    ///   - filter: `[kh, kw, in · multiplier]`; the zero point is 0.
    ///   - inputZeroPoint: the integer of the data that stands for 0.
    ///   - bias: `[in · multiplier]`.
    ///   - scaling: with sums that are rounded twice.
    package init(
        _ parameters: DepthwiseConv2DParameters, filter: UnsafePointer<Int8>,
        inputZeroPoint: Int32, bias: [Int64], scaling: OutputScaling
    ) {
        windows = DepthwiseWindows(parameters)
        self.inputZeroPoint = inputZeroPoint
        self.bias = bias.map { Int32(truncatingIfNeeded: $0) }
        self.scaling = PackedScaling(scaling, channels: 0..<parameters.outputChannels)
        strip = DepthwiseStrip(
            parameters, filter: filter, inputZeroPoint: inputZeroPoint, bias: self.bias,
            scaling: scaling)
    }

    /// Convolves; data shapes at `DepthwiseConv2DParameters`, with the filter that it was made with.
    package func run(
        input: UnsafePointer<Int8>, filter: UnsafePointer<Int8>,
        output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        if let strip { return strip.run(input: input, output: output, threads: threads) }
        scaling.withKernels { scaling in
            bias.withUnsafeBufferPointer { bias in
                var job = kc_integer_window_job()
                job.bias = bias.baseAddress
                job.scaling = scaling
                windows.run(
                    job, input: input, zeroPoint: inputZeroPoint, filter: filter, output: output,
                    sums: nil, threads: threads)
            }
        }
    }
}
