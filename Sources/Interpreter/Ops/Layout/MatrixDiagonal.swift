import Kernels
import Tensors

extension OperatorPreparation {
    /// MATRIX_DIAG: square matrices with the rows of x on their diagonals and zeros elsewhere.
    func matrixDiagonal() throws -> PreparedOperator {
        let x = try plainInput(0)
        guard let length = x.shape.dims.last else { throw malformed("a scalar is not a diagonal") }
        let y = try output(0, x.dtype, Shape(x.shape.dims + [length]))
        return PreparedOperator(y) { context in
            context.output(y).initializeMemory(
                as: UInt8.self, repeating: 0, count: y.byteCount)
            ReferenceKernels.setDiagonals(
                count: length > 0 ? x.count / length : 0, rows: length, columns: length,
                elementSize: x.elementSize, diagonals: context.bytes(x), output: context.output(y))
        }
    }

    /// MATRIX_SET_DIAG: the matrices x with other diagonals.
    func matrixSetDiagonal() throws -> PreparedOperator {
        let (x, diagonals) = (try plainInput(0), try plainInput(1))
        guard x.shape.rank >= 2, x.dtype == diagonals.dtype else {
            throw malformed("\(x.shape) has no diagonals")
        }
        let (rows, columns) = (x.shape[-2], x.shape[-1])
        let leading = Array(x.shape.dims.dropLast(2))
        guard diagonals.shape == Shape(leading + [min(rows, columns)]) else {
            throw malformed("diagonals \(diagonals.shape) of \(x.shape)")
        }
        let y = try output(0, x.dtype, x.shape)
        return PreparedOperator(y) { context in
            context.output(y).copyMemory(from: context.bytes(x), byteCount: x.byteCount)
            ReferenceKernels.setDiagonals(
                count: Shape(leading).elementCount, rows: rows, columns: columns,
                elementSize: x.elementSize, diagonals: context.bytes(diagonals),
                output: context.output(y))
        }
    }
}
