import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// ATAN2: the angle of the point (b, a) for each pair of y = a and x = b, which broadcast.
    mutating func arcTangent() throws -> Kernel {
        let (a, b) = (try floatInput(0), try floatInput(1))
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, .float32, loop.shape)
        return { frame in
            FastKernels.arcTangent(
                loop, y: frame.floats(a), x: frame.floats(b), output: frame.floatOutput(y),
                threads: frame.threads)
        }
    }
}
