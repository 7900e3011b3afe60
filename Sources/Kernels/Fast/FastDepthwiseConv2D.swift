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
        let (height, width) = (parameters.height, parameters.width)
        let channels = parameters.inputChannels
        let rows = WindowRows(height: height, width: width, channels: channels)
        Parallel.forEachPart(of: parameters.batch * height.output, threads: threads) { part in
            for line in part {
                let (batch, row) = (line / height.output, line % height.output)
                rows.forEachRun(
                    row: row, image: input + batch * height.input * width.input * channels,
                    output: output + batch * height.output * width.output * channels,
                    parameters.activation
                ) { job, taps in
                    kernels_depthwise(&job, filter, taps.map { $0 * channels }, bias)
                }
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
