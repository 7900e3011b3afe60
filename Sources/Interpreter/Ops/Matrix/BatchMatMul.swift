import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// BATCH_MATMUL: a `[…, M, K]`, b `[…, K, N]`, each transposed if the options say so.
    func batchMatMul() throws -> PreparedOperator {
        let (a, b) = (try floatInput(0), try floatInput(1))
        let parameters = try batchMatMulParameters(a, b)
        let y = try output(0, .float32, parameters.outputShape)
        return PreparedOperator(y) { context in
            FastKernels.batchMatMul(
                parameters, a: context.floats(a), b: context.floats(b),
                output: context.floatOutput(y),
                threads: context.threads)
        }
    }

    /// The shapes of BATCH_MATMUL.
    func batchMatMulParameters(_ a: Operand, _ b: Operand) throws -> BatchMatMulParameters {
        let flags = optionalOptions(BatchMatMulOptions.self) ?? BatchMatMulOptions()
        return try fitting(
            BatchMatMulParameters(
                a: a.shape, b: b.shape, adjointA: flags.transposesLeft,
                adjointB: flags.transposesRight))
    }
}
