import Kernels

extension OperatorPreparation {
    /// LOGICAL_NOT of bool.
    func logicalNot() throws -> PreparedOperator {
        let x = try plainInput(0)
        guard x.dtype == .bool else { throw unsupported(x.dtype) }
        let y = try output(0, .bool, x.shape)
        return PreparedOperator(y) { context in
            ReferenceKernels.logicalNot(
                count: x.count, input: context.elements(x), output: context.output(y))
        }
    }
}
