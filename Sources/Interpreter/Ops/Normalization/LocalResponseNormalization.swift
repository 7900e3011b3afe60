import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// LOCAL_RESPONSE_NORMALIZATION over the last axis.
    func localResponseNormalization() throws -> PreparedOperator {
        let options = try options(LocalResponseNormalizationOptions.self)
        let (x, rows, count) = try rowInput()
        guard options.radius >= 0 else { throw malformed("its radius is \(options.radius)") }
        let radius = min(options.radius, count)
        let y = try output(0, .float32, x.shape)
        return PreparedOperator(y) { context in
            FastKernels.localResponseNormalization(
                rows: rows, count: count, radius: radius, bias: options.bias,
                alpha: options.alpha, beta: options.beta, input: context.floats(x),
                output: context.floatOutput(y), threads: context.threads)
        }
    }
}
