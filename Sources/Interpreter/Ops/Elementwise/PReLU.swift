import Kernels

extension OperatorPreparation {
    /// PRELU: x if it is positive, α · x if not; α broadcasts to x.
    func prelu() throws -> PreparedOperator {
        let (x, alpha) = (try floatInput(0), try floatInput(1))
        let loop = try fitting(BroadcastLoop([x.shape, alpha.shape]))
        guard loop.shape == x.shape else {
            throw malformed("α of shape \(alpha.shape) does not fit \(x.shape)")
        }
        let y = try output(0, .float32, x.shape)
        return PreparedOperator(y, sharing: .inPlace([x])) { context in
            FastKernels.prelu(
                loop, input: context.floats(x), alpha: context.floats(alpha),
                output: context.floatOutput(y), threads: context.threads)
        }
    }
}
