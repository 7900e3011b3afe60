import Kernels

extension OperatorPreparation {
    /// RANK: the number of axes of x, as int32.
    func rank() throws -> PreparedOperator {
        let x = try input(0)
        let y = try output(0, .int32, .scalar)
        return PreparedOperator(y, dependsOnElements: false) { context in
            context.output(y, as: Int32.self).pointee = Int32(clamping: x.shape.rank)
        }
    }
}
