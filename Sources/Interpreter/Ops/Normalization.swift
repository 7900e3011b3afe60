import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// L2_NORMALIZATION over the last axis.
    mutating func l2Normalization() throws -> Kernel {
        if let options = optionalOptions(L2NormOptions.self), options.activation != .none {
            throw unsupported("activation \(options.activation.schemaName)")
        }
        let (x, rows, count) = try rowInput()
        let y = try output(0, .float32, x.shape)
        return { frame in
            FastKernels.l2Normalization(
                rows: rows, count: count, input: frame.floats(x), output: frame.floatOutput(y),
                threads: frame.threads)
        }
    }

    /// LOCAL_RESPONSE_NORMALIZATION over the last axis.
    mutating func localResponseNormalization() throws -> Kernel {
        let options = try options(LocalResponseNormalizationOptions.self)
        let (x, rows, count) = try rowInput()
        guard options.radius >= 0 else { throw malformed("radius \(options.radius)") }
        let radius = min(options.radius, count)
        let y = try output(0, .float32, x.shape)
        return { frame in
            FastKernels.localResponseNormalization(
                rows: rows, count: count, radius: radius, bias: options.bias,
                alpha: options.alpha, beta: options.beta, input: frame.floats(x),
                output: frame.floatOutput(y), threads: frame.threads)
        }
    }
}
