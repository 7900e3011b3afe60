import GraphIR
import Kernels

extension L2Normalization {
    func compute(_ run: NodeRun) throws {
        let (rows, count) = try run.rows(0)
        ReferenceKernels.l2Normalization(
            rows: rows, count: count, input: try run.floats(0), output: try run.floatOutput())
    }
}
