extension ReferenceKernels {
    /// Writes the diagonals of `count` matrices `[rows, columns]`; the other elements stay.
    ///
    /// `diagonals` is `[count, min(rows, columns)]`.
    package static func setDiagonals(
        count: Int, rows: Int, columns: Int, elementSize: Int, diagonals: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        let length = min(rows, columns)
        for matrix in 0..<count {
            for index in 0..<length {
                let target = (matrix * rows + index) * columns + index
                (output + target * elementSize).copyMemory(
                    from: diagonals + (matrix * length + index) * elementSize,
                    byteCount: elementSize)
            }
        }
    }
}
