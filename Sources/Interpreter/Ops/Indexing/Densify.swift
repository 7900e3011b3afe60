extension OperatorPreparation {
    /// DENSIFY: a sparse constant, whose elements are dense already when the plan is made.
    func densify() throws -> PreparedOperator {
        let x = try input(0)
        guard x.known != nil else { throw malformed("its input is not a constant") }
        let y = try output(0, x.dtype, x.shape, quantized: true)
        return PreparedOperator(y, sharing: .view) { context in
            if context.bytes(x) != UnsafeRawPointer(context.output(y)) {
                context.output(y).copyMemory(
                    from: context.bytes(x), byteCount: x.byteCount)
            }
        }
    }
}
