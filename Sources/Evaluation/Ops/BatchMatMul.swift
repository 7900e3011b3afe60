import GraphIR
import Kernels

extension BatchMatMul {
    func compute(_ run: NodeRun) throws {
        let parameters = try run.fitting(
            BatchMatMulParameters(
                a: run.shape(0), b: run.shape(1), adjointA: adjointA, adjointB: adjointB))
        ReferenceKernels.batchMatMul(
            parameters, a: try run.floats(0), b: try run.floats(1), output: try run.floatOutput())
    }
}
