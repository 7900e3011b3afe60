import CKernels

/// A depthwise convolution of 8-bit integers, ready to run on any data.
package final class FastIntegerDepthwise: Sendable {
    private let parameters: DepthwiseConv2DParameters
    private let bias: [Int32]
    private let scaling: PackedScaling

    /// - Parameters:
    ///   - bias: `[in · multiplier]`.
    ///   - scaling: with sums that are rounded twice.
    package init(
        _ parameters: DepthwiseConv2DParameters, bias: [Int64], scaling: OutputScaling
    ) {
        self.parameters = parameters
        self.bias = bias.map { Int32(truncatingIfNeeded: $0) }
        self.scaling = PackedScaling(scaling, channels: 0..<parameters.outputChannels)
    }

    /// Convolves; data shapes at `DepthwiseConv2DParameters`, the zero point of the filter is 0.
    package func run(
        input: UnsafePointer<Int8>, zeroPoint: Int32, filter: UnsafePointer<Int8>,
        output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        scaling.withKernels { scaling in
            bias.withUnsafeBufferPointer { bias in
                var job = kernels_integer_window_job()
                job.bias = bias.baseAddress
                job.scaling = scaling
                Self.run(
                    job, parameters, input, zeroPoint, filter, output: output, sums: nil, threads)
            }
        }
    }

    /// Convolves without a bias and gives the sums.
    static func sums(
        _ parameters: DepthwiseConv2DParameters, input: UnsafePointer<Int8>, zeroPoint: Int32,
        filter: UnsafePointer<Int8>, sums: UnsafeMutablePointer<Int32>, threads: Int
    ) {
        run(
            kernels_integer_window_job(), parameters, input, zeroPoint, filter, output: nil,
            sums: sums, threads)
    }

    private static func run(
        _ description: kernels_integer_window_job, _ parameters: DepthwiseConv2DParameters,
        _ input: UnsafePointer<Int8>, _ zeroPoint: Int32, _ filter: UnsafePointer<Int8>,
        output: UnsafeMutablePointer<Int8>?, sums: UnsafeMutablePointer<Int32>?, _ threads: Int
    ) {
        let channels = parameters.outputChannels
        let rows = WindowRows(
            height: parameters.height, width: parameters.width, channels: channels)
        let lines = parameters.batch * parameters.height.output
        withRepeatedChannels(parameters, input) { source in
            Parallel.forEachPart(of: lines, threads: threads) { part in
                rows.forEachRun(lines: part) { run in
                    var job = description
                    job.input = source + run.input
                    job.input_step = parameters.width.stride * channels
                    job.output = output.map { $0 + run.output }
                    job.sums = sums.map { $0 + run.output }
                    job.output_step = channels
                    job.pixels = run.pixels
                    job.channels = channels
                    job.row_taps = run.rowTaps
                    job.row_step = parameters.width.stride
                    job.weights = filter
                    job.zero_point = zeroPoint
                    convolve(&job, run)
                }
            }
        }
    }

    private static func convolve(
        _ job: inout kernels_integer_window_job, _ run: WindowRows.PixelRun
    ) {
        run.inputOffsets.withUnsafeBufferPointer { inputs in
            run.weightOffsets.withUnsafeBufferPointer { weights in
                job.tap_offsets = inputs.baseAddress
                job.weight_offsets = weights.baseAddress
                job.taps = inputs.count
                kernels_integer_depthwise(&job)
            }
        }
    }

    /// Calls `body` with data of which each channel is there `multiplier` times.
    private static func withRepeatedChannels(
        _ parameters: DepthwiseConv2DParameters, _ input: UnsafePointer<Int8>,
        _ body: (UnsafePointer<Int8>) -> Void
    ) {
        let multiplier = parameters.multiplier
        guard multiplier > 1 else { return body(input) }
        let count =
            parameters.batch * parameters.height.input * parameters.width.input
            * parameters.inputChannels
        let repeated = UnsafeMutablePointer<Int8>.allocate(capacity: max(count * multiplier, 1))
        defer { repeated.deallocate() }
        for index in 0..<count {
            (repeated + index * multiplier).initialize(repeating: input[index], count: multiplier)
        }
        body(repeated)
    }
}
