import GraphIR
import Kernels

extension BatchMatMul {
    func compute(_ run: NodeRun) throws {
        let parameters = try run.fitting(
            BatchMatMulParameters(
                a: run.shape(0), b: run.shape(1), adjointA: adjointA, adjointB: adjointB))
        let (a, b, output) = (try run.floats(0), try run.floats(1), try run.floatOutput())
        if run.isFast {
            FastKernels.batchMatMul(parameters, a: a, b: b, output: output, threads: run.threads)
        } else {
            ReferenceKernels.batchMatMul(parameters, a: a, b: b, output: output)
        }
    }
}
