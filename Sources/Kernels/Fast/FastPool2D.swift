import CKernels

extension FastKernels {
    /// Maximum over each window; padding never wins, NaN does.
    package static func maxPool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        pool(parameters, input, output, threads) { job in kc_max_window(&job) }
    }

    /// Mean over the elements of each window that lie inside the input; 0 if there are none.
    package static func averagePool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        pool(parameters, input, output, threads) { job in
            kc_mean_window(&job, 1 / Float(max(job.taps, 1)))
        }
    }

    private static func pool(
        _ parameters: Pool2DParameters, _ input: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>, _ threads: Int,
        _ window: (inout kc_window_job) -> Void
    ) {
        let rows = WindowRows(
            height: parameters.height, width: parameters.width, channels: parameters.channels)
        let lines = parameters.batch * parameters.height.output
        Parallel.forEachPart(of: lines, threads: threads) { part in
            rows.forEachRun(lines: part, input: input, output: output, parameters.activation) {
                job, _ in window(&job)
            }
        }
    }
}
