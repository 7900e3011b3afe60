import Kernels

extension OperatorPreparation {
    /// CAST: the elements as the type that the output declares.
    func cast() throws -> PreparedOperator {
        let x = try plainInput(0)
        guard let target = declaredType(0),
            ![x.dtype, target].contains(where: { $0 == .string || $0 == .complex64 })
        else {
            throw unsupported("its elements are not numbers")
        }
        let y = try output(0, target, x.shape)
        return PreparedOperator(y) { context in
            _ = FastKernels.cast(
                from: x.dtype, to: target, count: x.count, input: context.bytes(x),
                output: context.output(y), threads: context.threads)
        }
    }
}
