import Kernels

extension OperatorPreparation {
    /// LOG_SOFTMAX over the last axis.
    func logSoftmax() throws -> PreparedOperator {
        let (x, rows, count) = try rowInput()
        let y = try output(0, .float32, x.shape)
        return PreparedOperator(y) { context in
            FastKernels.logSoftmax(
                rows: rows, count: count, input: context.floats(x), output: context.floatOutput(y),
                threads: context.threads)
        }
    }
}
