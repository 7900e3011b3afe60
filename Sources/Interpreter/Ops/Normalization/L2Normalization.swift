import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// L2_NORMALIZATION over the last axis.
    func l2Normalization() throws -> PreparedOperator {
        if let options = optionalOptions(L2NormOptions.self), options.activation != .none {
            throw unsupported("its activation is \(options.activation.schemaName)")
        }
        let (x, rows, count) = try rowInput()
        let y = try output(0, .float32, x.shape)
        return PreparedOperator(y) { context in
            FastKernels.l2Normalization(
                rows: rows, count: count, input: context.floats(x), output: context.floatOutput(y),
                threads: context.threads)
        }
    }
}
