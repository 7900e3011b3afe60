import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// BATCH_MATMUL: a `[…, M, K]`, b `[…, K, N]`, each transposed where the options say so.
    mutating func batchMatMul() throws -> Kernel {
        let flags = optionalOptions(BatchMatMulOptions.self) ?? BatchMatMulOptions()
        let (a, b) = (try floatInput(0), try floatInput(1))
        let parameters = try fitting(
            BatchMatMulParameters(
                a: a.shape, b: b.shape, adjointA: flags.transposesLeft,
                adjointB: flags.transposesRight))
        let y = try output(0, .float32, parameters.outputShape)
        return { frame in
            FastKernels.batchMatMul(
                parameters, a: frame.floats(a), b: frame.floats(b), output: frame.floatOutput(y),
                threads: frame.threads)
        }
    }
}
