import Kernels
import TFLiteFormat
import Tensors

/// Rows of a table that are joined to results.
private struct SparseRows: Sendable {
    let combiner: EmbeddingCombiner
    let resultExtents: [Int]
    /// The numbers of one position.
    let depth: Int
    let rowCount: Int
    let rowLength: Int

    /// Adds the rows to `output`, which holds zeros; false if an id or a position is outside.
    func join(
        ids: UnsafeBufferPointer<Int32>, positions: UnsafePointer<Int32>,
        weights: UnsafePointer<Float>, table: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) -> Bool {
        var (sum, squares, current) = (Float(0), Float(0), -1)
        func finish() {
            let divisor =
                switch combiner {
                case .sum: Float(1)
                case .mean: sum
                case .sqrtN: squares.squareRoot()
                }
            guard current >= 0, combiner != .sum else { return }
            for index in 0..<rowLength { output[current * rowLength + index] /= divisor }
        }
        for (number, id) in ids.enumerated() {
            guard (0..<rowCount).contains(Int(id)),
                let result = result(positions + number * depth)
            else { return false }
            if result != current {
                finish()
                (sum, squares, current) = (0, 0, result)
            }
            let weight = weights[number]
            sum += weight
            squares += weight * weight
            for index in 0..<rowLength {
                output[result * rowLength + index] += weight * table[Int(id) * rowLength + index]
            }
        }
        finish()
        return true
    }

    private func result(_ position: UnsafePointer<Int32>) -> Int? {
        var result = 0
        for (axis, extent) in resultExtents.enumerated() {
            guard (0..<extent).contains(Int(position[axis])) else { return nil }
            result = result * extent + Int(position[axis])
        }
        return result
    }
}

extension OperatorPreparation {
    /// EMBEDDING_LOOKUP_SPARSE: weighted sums of the rows of a table at ids, those of equal positions joined.
    ///
    /// Positions `[ids, depth]` lie in a shape of `depth` extents; all but the last of each say which result the id belongs
    /// to. Ids of one result follow each other.
    func embeddingLookupSparse() throws -> PreparedOperator {
        let options = try options(EmbeddingLookupSparseOptions.self)
        let (ids, positions) = (try plainInput(0), try plainInput(1))
        let (weights, table) = (try floatInput(3), try floatInput(4))
        let extents = try integers(2)
        guard ids.dtype == .int32, positions.dtype == .int32 else { throw unsupported(ids.dtype) }
        guard positions.shape == [ids.count, extents.count], weights.count == ids.count,
            !extents.isEmpty, extents.allSatisfy({ $0 >= 0 }), table.shape.rank >= 1
        else { throw malformed("\(ids.count) ids at \(positions.shape) of \(extents)") }
        let (leading, row) = (Array(extents.dropLast()), Array(table.shape.dims.dropFirst()))
        let y = try output(0, .float32, Shape(leading + row))
        let rows = SparseRows(
            combiner: options.combiner, resultExtents: leading, depth: extents.count,
            rowCount: table.shape[0], rowLength: Shape(row).elementCount)
        let outside = malformed("an id or a position is outside")
        return PreparedOperator(y) { context in
            context.floatOutput(y).update(repeating: 0, count: y.count)
            let isInside = rows.join(
                ids: UnsafeBufferPointer(start: context.elements(ids), count: ids.count),
                positions: context.elements(positions), weights: context.floats(weights),
                table: context.floats(table), output: context.floatOutput(y))
            if !isInside { throw outside }
        }
    }
}
