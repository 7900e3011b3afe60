import GraphIR
import Kernels

extension Softmax {
    func compute(_ run: NodeRun) throws {
        let (rows, count) = try run.rows(0)
        let (input, output) = (try run.floats(0), try run.floatOutput())
        if run.isFast {
            FastKernels.softmax(
                rows: rows, count: count, input: input, output: output, threads: run.threads)
        } else {
            ReferenceKernels.softmax(rows: rows, count: count, input: input, output: output)
        }
    }
}
