import CKernels

/// The windows of a depthwise convolution of 8-bit integers, for one image after the other.
struct DepthwiseWindows: Sendable {
    private let parameters: DepthwiseConv2DParameters
    private let rows: WindowRows
    /// The pixels of a row of results whose windows have the same taps, for each range of taps that rows have.
    private let prepared: [(taps: Range<Int>, runs: [WindowRows.PixelRun])]

    /// Rows at each border that are looked at for ranges of taps, and ranges that are kept.
    private static let limits = (rows: 64, ranges: 16)

    init(_ parameters: DepthwiseConv2DParameters) {
        self.parameters = parameters
        let (height, width) = (parameters.height, parameters.width)
        let rows = WindowRows(height: height, width: width, channels: parameters.outputChannels)
        self.rows = rows
        var prepared: [(taps: Range<Int>, runs: [WindowRows.PixelRun])] = []
        let lines = 0..<height.output
        for line in Array(lines.prefix(Self.limits.rows)) + lines.suffix(Self.limits.rows)
        where prepared.count < Self.limits.ranges {
            let taps = height.taps(at: line)
            if prepared.contains(where: { $0.taps == taps }) { continue }
            prepared.append((taps, Self.runs(rows, line)))
        }
        self.prepared = prepared
    }

    /// The runs of a line, with offsets from the line's first pixel in the data and in the results.
    private static func runs(_ rows: WindowRows, _ line: Int) -> [WindowRows.PixelRun] {
        var runs: [WindowRows.PixelRun] = []
        let input = line * rows.height.stride * rows.width.input * rows.channels
        let output = line * rows.width.output * rows.channels
        rows.forEachRun(lines: line..<line + 1) { run in
            runs.append(run.moved(input: -input, output: -output))
        }
        return runs
    }

    private func runs(_ line: Int) -> [WindowRows.PixelRun] {
        let taps = parameters.height.taps(at: line)
        return prepared.first { $0.taps == taps }?.runs ?? Self.runs(rows, line)
    }

    /// Convolves all images.
    ///
    /// - Parameters:
    ///   - description: the bias and the scaling, if there are any.
    ///   - output: takes the elements if there is a scaling.
    ///   - sums: take the sums if there is none.
    func run(
        _ description: kc_integer_window_job, input: UnsafePointer<Int8>, zeroPoint: Int32,
        filter: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>?,
        sums: UnsafeMutablePointer<Int32>?, threads: Int
    ) {
        let channels = parameters.outputChannels
        let (height, width) = (parameters.height, parameters.width)
        let inputRow = width.input * channels
        let resultRow = width.output * channels
        var shared = description
        shared.input_step = width.stride * channels
        shared.output_step = channels
        shared.channels = channels
        shared.row_step = width.stride
        shared.weights = filter
        shared.zero_point = zeroPoint
        let lines = parameters.batch * height.output
        withRepeatedChannels(input) { source in
            Parallel.forEachPart(of: lines, threads: threads) { part in
                for line in part {
                    let (record, row) = (line / height.output, line % height.output)
                    let first = (record * height.input + row * height.stride) * inputRow
                    for run in runs(row) {
                        var job = shared
                        job.input = source + (first + run.input)
                        job.output = output.map { $0 + (line * resultRow + run.output) }
                        job.sums = sums.map { $0 + (line * resultRow + run.output) }
                        job.pixels = run.pixels
                        job.row_taps = run.rowTaps
                        DepthwiseWindows.convolve(&job, run)
                    }
                }
            }
        }
    }

    private static func convolve(
        _ job: inout kc_integer_window_job, _ run: WindowRows.PixelRun
    ) {
        run.inputOffsets.withUnsafeBufferPointer { inputs in
            run.weightOffsets.withUnsafeBufferPointer { weights in
                job.tap_offsets = inputs.baseAddress
                job.weight_offsets = weights.baseAddress
                job.taps = inputs.count
                kc_integer_depthwise(&job)
            }
        }
    }

    /// Calls `body` with data of which each channel is there `multiplier` times.
    private func withRepeatedChannels(
        _ input: UnsafePointer<Int8>, _ body: (UnsafePointer<Int8>) -> Void
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
