import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// CAST: the elements as the type that the output declares.
    mutating func cast() throws -> Kernel {
        let x = try plainInput(0)
        guard let target = declaredType(0),
            ![x.dtype, target].contains(where: { $0 == .string || $0 == .complex64 })
        else {
            throw unsupported("elements of another type")
        }
        let y = try output(0, target, x.shape)
        return { frame in
            _ = FastKernels.cast(
                from: x.dtype, to: target, count: x.count, input: frame.bytes(x),
                output: frame.output(y), threads: frame.threads)
        }
    }
}
