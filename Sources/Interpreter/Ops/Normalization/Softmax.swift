import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// SOFTMAX over the last axis; an absent β counts as 0, as in LiteRT.
    func softmax() throws -> PreparedOperator {
        var beta: Float = 0
        if let options = optionalOptions(SoftmaxOptions.self) { beta = options.beta }
        let (x, rows, count) = try rowInput()
        let y = try output(0, .float32, x.shape)
        return PreparedOperator(y) { [beta] context in
            FastKernels.softmax(
                rows: rows, count: count, beta: beta, input: context.floats(x),
                output: context.floatOutput(y), threads: context.threads)
        }
    }
}
