import CKernels

extension FastKernels {
    /// Maximum over each window; padding never wins, NaN does.
    package static func maxPool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        pool(parameters, input, output, threads) { job in kernels_max_window(&job) }
    }

    /// Mean over the elements of each window that lie inside the input; 0 where there are none.
    package static func averagePool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        pool(parameters, input, output, threads) { job in
            kernels_mean_window(&job, 1 / Float(max(job.taps, 1)))
        }
    }

    private static func pool(
        _ parameters: Pool2DParameters, _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>, _ threads: Int,
        _ window: (inout kernels_window_job) -> Void
    ) {
        let (height, width, channels) = (parameters.height, parameters.width, parameters.channels)
        let rows = WindowRows(height: height, width: width, channels: channels)
        Parallel.forEachPart(of: parameters.batch * height.output, threads: threads) { part in
            for line in part {
                let (batch, row) = (line / height.output, line % height.output)
                rows.forEachRun(
                    row: row, image: input + batch * height.input * width.input * channels,
                    output: output + batch * height.output * width.output * channels,
                    parameters.activation
                ) { job, _ in window(&job) }
            }
        }
    }
}
