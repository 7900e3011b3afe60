extension ReferenceKernels {
    /// Matrix products with broadcasting batch dimensions; shapes at `BatchMatMulParameters`.
    package static func batchMatMul(
        _ parameters: BatchMatMulParameters, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        let (rows, depth, columns) = (parameters.rows, parameters.depth, parameters.columns)
        let left = parameters.adjointA ? (row: 1, step: rows) : (row: depth, step: 1)
        let right = parameters.adjointB ? (column: depth, step: 1) : (column: 1, step: columns)
        let loop = parameters.batches
        withDoubles(columns) { sums in
            loop.forEachRun { first, offsets in
                for matrix in 0..<loop.runLength {
                    let a = a + (offsets[0] + matrix * loop.runStride(0)) * rows * depth
                    let b = b + (offsets[1] + matrix * loop.runStride(1)) * depth * columns
                    let target = output + (first + matrix) * rows * columns
                    for row in 0..<rows {
                        sums.update(repeating: 0, count: columns)
                        for index in 0..<depth {
                            let scale = Double(a[row * left.row + index * left.step])
                            for column in 0..<columns {
                                let factor = b[index * right.step + column * right.column]
                                sums[column] += scale * Double(factor)
                            }
                        }
                        store(sums, columns, .none, to: target + row * columns)
                    }
                }
            }
        }
    }
}
