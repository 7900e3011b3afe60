import Tensors

extension OperatorPreparation {
    /// EMBEDDING_LOOKUP of a table of integers: the numbers that the rows at ids stand for; the ids are the first input.
    func hybridEmbeddingLookup() throws -> PreparedOperator {
        let (ids, table) = (try plainInput(0), try input(1))
        guard ids.dtype == .int32 else { throw unsupported(ids.dtype) }
        guard table.dtype == .int8, table.shape.rank >= 1, let slices = QuantizedSlices(table)
        else { throw unsupported("a table of this quantization") }
        let rowCount = table.shape[0]
        let length = table.count / max(rowCount, 1)
        let y = try output(
            0, .float32, Shape(ids.shape.dims + Array(table.shape.dims.dropFirst())))
        let outside = malformed("an id is outside the \(rowCount) rows of the table")
        return PreparedOperator(y) { context in
            let elements = UnsafeBufferPointer(
                start: context.elements(table, Int8.self), count: table.count)
            let (rows, target) = (context.elements(ids, Int32.self), context.floatOutput(y))
            for index in 0..<ids.count {
                let row = Int(rows[index])
                guard (0..<rowCount).contains(row) else { throw outside }
                slices.dequantize(
                    elements, row * length..<(row + 1) * length,
                    to: UnsafeMutableBufferPointer(start: target + index * length, count: length))
            }
        }
    }
}
