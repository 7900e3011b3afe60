import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// LEAKY_RELU with the slope of the options.
    func leakyRelu() throws -> PreparedOperator {
        let alpha = optionalOptions(LeakyReluOptions.self)?.alpha ?? 0
        return try floatFunction {
            FastKernels.leakyRelu(alpha: alpha, count: $0, input: $1, output: $2, threads: $3)
        }
    }
}
