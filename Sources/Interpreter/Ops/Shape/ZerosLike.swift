import Kernels

extension OperatorPreparation {
    /// ZEROS_LIKE: zeros in the shape of x.
    func zerosLike() throws -> PreparedOperator {
        let x = try plainInput(0)
        let y = try output(0, x.dtype, x.shape)
        return PreparedOperator(y, dependsOnElements: false) { context in
            context.output(y).initializeMemory(
                as: UInt8.self, repeating: 0, count: y.byteCount)
        }
    }
}
