extension FastKernels {
    /// Matrix products with broadcasting batch dimensions; shapes at `BatchMatMulParameters`.
    package static func batchMatMul(
        _ parameters: BatchMatMulParameters, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (rows, depth, columns) = (parameters.rows, parameters.depth, parameters.columns)
        let loop = parameters.batches
        var packed: (offset: Int, matrix: PackedMatrix)?
        loop.forEachRun { first, offsets in
            for index in 0..<loop.runLength {
                let left = a + (offsets[0] + index * loop.runStride(0)) * rows * depth
                let offset = (offsets[1] + index * loop.runStride(1)) * depth * columns
                let matrix =
                    packed.flatMap { $0.offset == offset ? $0.matrix : nil }
                    ?? PackedMatrix(
                        b + offset, depth: depth, columns: columns,
                        depthStride: parameters.adjointB ? 1 : columns,
                        columnStride: parameters.adjointB ? depth : 1)
                packed = (offset, matrix)
                withRows(parameters, left) { left in
                    MatrixProduct.run(
                        rows: rows, input: left, rowStride: depth, matrix: matrix, bias: nil,
                        activation: .none, output: output + (first + index) * rows * columns,
                        outputStride: columns, threads: threads)
                }
            }
        }
    }

    /// The left matrix with contiguous rows.
    private static func withRows(
        _ parameters: BatchMatMulParameters, _ left: UnsafePointer<Float>,
        _ body: (UnsafePointer<Float>) -> Void
    ) {
        guard parameters.adjointA else { return body(left) }
        let count = max(parameters.rows * parameters.depth, 1)
        let rows = UnsafeMutablePointer<Float>.allocate(capacity: count)
        defer { rows.deallocate() }
        transpose(
            rows: parameters.depth, columns: parameters.rows, input: left, output: rows)
        body(rows)
    }
}
