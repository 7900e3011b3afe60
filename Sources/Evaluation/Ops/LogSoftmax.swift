import GraphIR
import Kernels

extension LogSoftmax {
    func compute(_ run: NodeRun) throws {
        let (rows, count) = try run.rows(0)
        ReferenceKernels.logSoftmax(
            rows: rows, count: count, input: try run.floats(0), output: try run.floatOutput())
    }
}
