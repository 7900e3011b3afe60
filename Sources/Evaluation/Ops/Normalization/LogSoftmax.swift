import GraphIR
import Kernels

extension LogSoftmax {
    func compute(_ run: NodeRun) throws {
        let (rows, count) = try run.rows(0)
        let (input, output) = (try run.floats(0), try run.floatOutput())
        if run.isFast {
            FastKernels.logSoftmax(
                rows: rows, count: count, input: input, output: output, threads: run.threads)
        } else {
            ReferenceKernels.logSoftmax(rows: rows, count: count, input: input, output: output)
        }
    }
}
