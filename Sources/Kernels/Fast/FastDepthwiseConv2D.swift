import CKernels

extension FastKernels {
    /// Depthwise 2-D convolution; shapes at `DepthwiseConv2DParameters`, `bias` `[in·multiplier]`.
    package static func depthwiseConv2D(
        _ parameters: DepthwiseConv2DParameters, input: UnsafePointer<Float>,
        filter: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        guard parameters.multiplier == 1 else {
            return repeatingChannels(parameters, input) { single, repeated in
                depthwiseConv2D(
                    single, input: repeated, filter: filter, bias: bias, output: output,
                    threads: threads)
            }
        }
        let rows = WindowRows(
            height: parameters.height, width: parameters.width, channels: parameters.inputChannels)
        let lines = parameters.batch * parameters.height.output
        Parallel.forEachPart(of: lines, threads: threads) { part in
            rows.forEachRun(lines: part, input: input, output: output, parameters.activation) {
                kc_depthwise(&$0, filter, $1, bias)
            }
        }
    }

    /// Repeats each channel `multiplier` times, which leaves a multiplier of one.
    private static func repeatingChannels(
        _ parameters: DepthwiseConv2DParameters, _ input: UnsafePointer<Float>,
        _ body: (DepthwiseConv2DParameters, UnsafePointer<Float>) -> Void
    ) {
        let count =
            parameters.batch * parameters.height.input * parameters.width.input
            * parameters.inputChannels
        let multiplier = parameters.multiplier
        let repeated = UnsafeMutablePointer<Float>.allocate(capacity: max(count * multiplier, 1))
        defer { repeated.deallocate() }
        for index in 0..<count {
            (repeated + index * multiplier).initialize(repeating: input[index], count: multiplier)
        }
        var single = parameters
        single.inputChannels *= multiplier
        single.multiplier = 1
        body(single, repeated)
    }
}
