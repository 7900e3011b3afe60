import CKernels

/// Blocked transposes of dense matrices.
enum MatrixTranspose {
    /// Whether elements of this size are moved one by one.
    static func takes(_ elementSize: Int) -> Bool {
        elementSize == 4 || elementSize == 8 || elementSize == 1 || elementSize == 2
    }

    /// `target[column·targetRowStride + row] = source[row·rowStride + column]` of each plane.
    ///
    /// `elementSize` is 1, 2, 4 or 8 bytes; strides count elements.
    static func run(
        elementSize: Int, rows: Int, columns: Int, from source: UnsafeRawPointer, rowStride: Int,
        to target: UnsafeMutableRawPointer, targetRowStride: Int, planes: Int, planeStride: Int,
        targetPlaneStride: Int
    ) {
        func move<Element: BitwiseCopyable>(_: Element.Type) {
            let source = source.assumingMemoryBound(to: Element.self)
            let target = target.assumingMemoryBound(to: Element.self)
            for plane in 0..<planes {
                blocked(
                    rows, columns, source + plane * planeStride, rowStride,
                    target + plane * targetPlaneStride, targetRowStride)
            }
        }
        switch elementSize {
        case 1: move(UInt8.self)
        case 2: move(UInt16.self)
        case 4:
            let shape = kc_transpose_shape(
                rows: rows, columns: columns, input_stride: rowStride,
                output_stride: targetRowStride, row_scale: nil, column_scale: nil)
            kc_transpose_planes(
                shape, planes, planeStride, targetPlaneStride,
                source.assumingMemoryBound(to: Float.self),
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
