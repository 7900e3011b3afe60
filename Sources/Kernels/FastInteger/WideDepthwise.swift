import CKernels

/// A depthwise convolution of 16-bit integers with weights of 8 bits, ready to run on any data.
package final class WideDepthwise: Sendable {
    private let parameters: DepthwiseConv2DParameters
    private let windows: DepthwiseWindows
    private let bias: [Int64]
    private let scaling: OutputScaling

    /// - Parameters:
    ///   - parameters: with at most `WideHalves.depthLimit` places of the window.
    ///   - bias: `[in · multiplier]`.
    package init(
        _ parameters: DepthwiseConv2DParameters, bias: [Int64], scaling: OutputScaling
    ) {
        self.parameters = parameters
        self.bias = bias
        self.scaling = scaling
        windows = DepthwiseWindows(parameters)
    }

    /// Convolves; data shapes at `DepthwiseConv2DParameters`, `filter` `[kh, kw, in · multiplier]` around 0.
    package func run(
        input: UnsafePointer<Int16>, filter: UnsafePointer<Int8>,
        output: UnsafeMutablePointer<Int16>, threads: Int = 1
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let length = parameters.batch * height.input * width.input * parameters.inputChannels
        let outputs = parameters.outputChannels
        let pixels = parameters.batch * height.output * width.output
        let high = UnsafeMutablePointer<Int32>.allocate(capacity: max(2 * pixels * outputs, 1))
        defer { high.deallocate() }
        let low = high + pixels * outputs
        WideHalves.with(input, count: length) { halves in
            windows.run(
                kc_integer_window_job(), input: halves.high, zeroPoint: 0, filter: filter,
                output: nil, sums: high, threads: threads)
            windows.run(
                kc_integer_window_job(), input: halves.low, zeroPoint: WideHalves.zeroPoint,
                filter: filter, output: nil, sums: low, threads: threads)
        }
        Parallel.forEachPart(of: pixels, threads: threads) { part in
            for pixel in part {
                for channel in 0..<outputs {
                    let index = pixel * outputs + channel
                    let sum = WideHalves.sum(high[index], low[index]) &+ bias[channel]
                    output[index] = Int16(
                        truncatingIfNeeded: scaling.element(sum, channel: channel))
                }
            }
        }
    }
}
