import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// GELU in the form that the options say.
    func gelu() throws -> PreparedOperator {
        let isApproximate = optionalOptions(GeluOptions.self)?.isApproximate ?? false
        return try floatFunction {
            FastKernels.gelu(
                approximate: isApproximate, count: $0, input: $1, output: $2, threads: $3)
        }
    }
}
