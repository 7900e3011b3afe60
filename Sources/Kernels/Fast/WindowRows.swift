import CKernels

/// Walks a 2-D window's output rows as runs of pixels whose taps are all inside the image.
struct WindowRows {
    let height: WindowAxis
    let width: WindowAxis
    let channels: Int

    /// Calls `body` for each run of one output row with the taps it has, as (row, column) pairs.
    func forEachRun(
        row: Int, image: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        _ activation: FusedActivation,
        _ body: (_ job: inout kernels_window_job, _ taps: [Int]) -> Void
    ) {
        let rowTaps = height.taps(at: row)
        var column = 0
        while column < width.output {
            let columnTaps = width.taps(at: column)
            let pixels = runLength(from: column, columnTaps)
            var (offsets, taps): ([Int], [Int]) = ([], [])
            for tapY in rowTaps {
                let y = height.inputPosition(output: row, tap: tapY)
                for tapX in columnTaps {
                    let x = width.inputPosition(output: column, tap: tapX)
                    offsets.append((y * width.input + x) * channels)
                    taps.append(tapY * width.kernel + tapX)
                }
            }
            offsets.withUnsafeBufferPointer { offsets in
                var job = kernels_window_job(
                    input: image, input_step: width.stride * channels,
                    output: output + (row * width.output + column) * channels,
                    output_step: channels, pixels: pixels, channels: channels,
                    tap_offsets: offsets.baseAddress, taps: offsets.count,
                    lower: activation.lower, upper: activation.upper)
                body(&job, taps)
            }
            column += pixels
        }
    }

    /// Pixels from `column` on with the same taps.
    private func runLength(from column: Int, _ taps: Range<Int>) -> Int {
        var end = column + 1
        while end < width.output, width.taps(at: end) == taps { end += 1 }
        return end - column
    }
}
