extension OperatorPreparation {
    /// REVERSE_V2: the elements in reverse order along some axes.
    func reverse() throws -> PreparedOperator {
        let x = try input(0)
        let axes = try integers(1).map { try axis($0, of: x.shape) }
        let y = try output(0, x.dtype, x.shape, quantized: true)
        return run(.reverse(x.shape, axes: axes, elementSize: x.elementSize), x, y)
    }
}
