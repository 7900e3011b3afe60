import CKernels
import Tensors

/// Walks a 2-D window's output rows as runs of pixels whose taps are all inside the image.
struct WindowRows {
    let height: WindowAxis
    let width: WindowAxis
    let channels: Int
    /// Output columns with the same taps.
    private let columnRuns: [(columns: Range<Int>, taps: Range<Int>)]

    init(height: WindowAxis, width: WindowAxis, channels: Int) {
        self.height = height
        self.width = width
        self.channels = channels
        var runs: [(columns: Range<Int>, taps: Range<Int>)] = []
        for column in 0..<width.output {
            let taps = width.taps(at: column)
            if let last = runs.last, last.taps == taps {
                runs[runs.count - 1].columns = last.columns.lowerBound..<column + 1
            } else {
                runs.append((column..<column + 1, taps))
            }
        }
        columnRuns = runs
    }

    /// The taps of a run of columns, as input offsets from the run's first pixel and as positions in
    /// the window `[kh, kw]`, both in floats.
    private struct Run {
        let columns: Range<Int>
        /// Neighbouring taps per row; 0 if they have pixels between them.
        let rowTaps: Int
        var inputOffsets: [Int] = []
        var weightOffsets: [Int] = []
    }

    private func runs(rowTaps: Range<Int>) -> [Run] {
        columnRuns.map { columns, columnTaps in
            var run = Run(columns: columns, rowTaps: width.dilation == 1 ? columnTaps.count : 0)
            let count = rowTaps.count * columnTaps.count
            run.inputOffsets.reserveCapacity(count)
            run.weightOffsets.reserveCapacity(count)
            for tapY in rowTaps {
                let y = height.inputPosition(output: 0, tap: tapY)
                for tapX in columnTaps {
                    let x = width.inputPosition(output: columns.lowerBound, tap: tapX)
                    run.inputOffsets.append((y * width.input + x) * channels)
                    run.weightOffsets.append((tapY * width.kernel + tapX) * channels)
                }
            }
            return run
        }
    }

    /// Some neighbouring output pixels whose windows have the same taps; offsets count elements.
    struct PixelRun {
        /// The first pixel that the first window would read without padding.
        let input: Int
        let output: Int
        let pixels: Int
        /// Neighbouring taps per row; 0 if they have pixels between them.
        let rowTaps: Int
        let inputOffsets: [Int]
        let weightOffsets: [Int]

        /// The same pixels, a number of elements further.
        func moved(input: Int, output: Int) -> PixelRun {
            PixelRun(
                input: self.input + input, output: self.output + output, pixels: pixels,
                rowTaps: rowTaps, inputOffsets: inputOffsets, weightOffsets: weightOffsets)
        }
    }

    /// Calls `body` for each run of output rows `lines`, counted over all images of a batch.
    func forEachRun(lines: Range<Int>, _ body: (PixelRun) -> Void) {
        var (prepared, preparedTaps): ([Run], Range<Int>?) = ([], nil)
        let inputRow = width.input * channels
        for line in lines {
            let (batch, row) = (line / height.output, line % height.output)
            let rowTaps = height.taps(at: row)
            if rowTaps != preparedTaps {
                (prepared, preparedTaps) = (runs(rowTaps: rowTaps), rowTaps)
            }
            for run in prepared {
                body(
                    PixelRun(
                        input: (batch * height.input + row * height.stride) * inputRow,
                        output: (line * width.output + run.columns.lowerBound) * channels,
                        pixels: run.columns.count, rowTaps: run.rowTaps,
                        inputOffsets: run.inputOffsets, weightOffsets: run.weightOffsets))
            }
        }
    }

    /// Calls `body` for each run of output rows `lines` of floats.
    func forEachRun(
        lines: Range<Int>, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        _ activation: Clamp,
        _ body: (_ job: inout kc_window_job, _ weightOffsets: [Int]) -> Void
    ) {
        forEachRun(lines: lines) { run in
            run.inputOffsets.withUnsafeBufferPointer { offsets in
                var job = kc_window_job(
                    input: input + run.input, input_step: width.stride * channels,
                    output: output + run.output, output_step: channels, pixels: run.pixels,
                    channels: channels, tap_offsets: offsets.baseAddress, taps: offsets.count,
                    row_taps: run.rowTaps, row_step: width.stride, lower: activation.lower,
                    upper: activation.upper)
                body(&job, run.weightOffsets)
            }
        }
    }
}
