import GraphIR
import Kernels

extension LocalResponseNormalization {
    func compute(_ run: NodeRun) throws {
        let (rows, count) = try run.rows(0)
        ReferenceKernels.localResponseNormalization(
            rows: rows, count: count, radius: radius, bias: bias, alpha: alpha, beta: beta,
            input: try run.floats(0), output: try run.floatOutput())
    }
}
