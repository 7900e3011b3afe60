import GraphIR
import Kernels

extension LocalResponseNormalization {
    func compute(_ run: NodeRun) throws {
        let (rows, count) = try run.rows(0)
        let (input, output) = (try run.floats(0), try run.floatOutput())
        if run.isFast {
            FastKernels.localResponseNormalization(
                rows: rows, count: count, radius: radius, bias: bias, alpha: alpha, beta: beta,
                input: input, output: output, threads: run.threads)
        } else {
            ReferenceKernels.localResponseNormalization(
                rows: rows, count: count, radius: radius, bias: bias, alpha: alpha, beta: beta,
                input: input, output: output)
        }
    }
}
