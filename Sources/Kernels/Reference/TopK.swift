extension ReferenceKernels {
    /// The `k` greatest elements of each row with their indices, greatest first, ties by lower index.
    ///
    /// `input` is `[rows, count]`, both results `[rows, k]`; `k ≤ count`.
    @_specialize(where Element == Float)
    @_specialize(where Element == Int8)
    @_specialize(where Element == UInt8)
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func topK<Element: Comparable & BitwiseCopyable>(
        rows: Int, count: Int, k: Int, input: UnsafePointer<Element>,
        values: UnsafeMutablePointer<Element>, indices: UnsafeMutablePointer<Int32>
    ) {
        for row in 0..<rows {
            let source = input + row * count
            let order = (0..<count).sorted {
                source[$0] == source[$1] ? $0 < $1 : source[$0] > source[$1]
            }
            for (rank, index) in order.prefix(k).enumerated() {
                values[row * k + rank] = source[index]
                indices[row * k + rank] = Int32(truncatingIfNeeded: index)
            }
        }
    }
}
