import Kernels
import Tensors

extension OperatorPreparation {
    /// PRELU: x where positive, α · x elsewhere; α broadcasts to x.
    mutating func prelu() throws -> Kernel {
        let (x, alpha) = (try floatInput(0), try floatInput(1))
        let loop = try fitting(BroadcastLoop([x.shape, alpha.shape]))
        guard loop.shape == x.shape else {
            throw malformed("α of shape \(alpha.shape) does not fit \(x.shape)")
        }
        let y = try output(0, .float32, x.shape)
        sharing = .inPlace([x.tensor])
        return { frame in
            FastKernels.prelu(
                loop, input: frame.floats(x), alpha: frame.floats(alpha),
                output: frame.floatOutput(y), threads: frame.threads)
        }
    }
}
