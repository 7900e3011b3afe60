import CKernels

extension FastKernels {
    /// `output[j, i] = input[i, j]·rowScale[i]·columnScale[j]` of a dense `[rows, columns]` matrix.
    ///
    /// A scale that is nil is one.
    package static func transpose(
        rows: Int, columns: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        rowScale: UnsafePointer<Float>? = nil, columnScale: UnsafePointer<Float>? = nil,
        threads: Int = 1
    ) {
        Parallel.forEachPart(of: (rows + 255) / 256, threads: threads, grain: 8) { part in
            let first = part.lowerBound * 256
            let shape = kc_transpose_shape(
                rows: min(part.upperBound * 256, rows) - first, columns: columns,
                input_stride: columns, output_stride: rows,
                row_scale: rowScale.map { $0 + first }, column_scale: columnScale)
            kc_transpose(shape, input + first * columns, output + first)
        }
    }
}
