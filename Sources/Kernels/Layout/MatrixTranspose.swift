import CKernels

/// Blocked transposes of dense matrices.
enum MatrixTranspose {
    /// `target[column·targetRowStride + row] = source[row·rowStride + column]`.
    ///
    /// `elementSize` is 1, 2, 4 or 8 bytes; strides count elements.
    static func run(
        elementSize: Int, rows: Int, columns: Int, from source: UnsafeRawPointer, rowStride: Int,
        to target: UnsafeMutableRawPointer, targetRowStride: Int
    ) {
        func move<Element: BitwiseCopyable>(_: Element.Type) {
            blocked(
                rows, columns, source.assumingMemoryBound(to: Element.self), rowStride,
                target.assumingMemoryBound(to: Element.self), targetRowStride)
        }
        switch elementSize {
        case 1: move(UInt8.self)
        case 2: move(UInt16.self)
        case 4:
            let shape = kernels_transpose_shape(
                rows: rows, columns: columns, input_stride: rowStride,
                output_stride: targetRowStride, row_scale: nil, column_scale: nil)
            kernels_transpose(
                shape, source.assumingMemoryBound(to: Float.self),
                target.assumingMemoryBound(to: Float.self))
        default: move(UInt64.self)
        }
    }

    private static func blocked<Element: BitwiseCopyable>(
        _ rows: Int, _ columns: Int, _ source: UnsafePointer<Element>, _ rowStride: Int,
        _ target: UnsafeMutablePointer<Element>, _ targetRowStride: Int
    ) {
        let side = 16
        for firstRow in stride(from: 0, to: rows, by: side) {
            let rowEnd = min(firstRow + side, rows)
            for firstColumn in stride(from: 0, to: columns, by: side) {
                for column in firstColumn..<min(firstColumn + side, columns) {
                    for row in firstRow..<rowEnd {
                        target[column * targetRowStride + row] = source[row * rowStride + column]
                    }
                }
            }
        }
    }
}
