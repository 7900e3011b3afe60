import Kernels

extension OperatorPreparation {
    /// ATAN2: the angle of the point (b, a) for each pair of y = a and x = b, which broadcast.
    func arcTangent() throws -> PreparedOperator {
        let (a, b) = (try floatInput(0), try floatInput(1))
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, .float32, loop.shape)
        return PreparedOperator(y) { context in
            FastKernels.arcTangent(
                loop, y: context.floats(a), x: context.floats(b), output: context.floatOutput(y),
                threads: context.threads)
        }
    }
}
