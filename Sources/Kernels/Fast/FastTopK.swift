extension FastKernels {
    /// The `k` greatest elements of each row with their indices, greatest first, ties by lower index.
    ///
    /// `input` is `[rows, count]`, both results `[rows, k]`; `k ≤ count`.
    @_specialize(where Element == Float)
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func topK<Element: Comparable & BitwiseCopyable>(
        rows: Int, count: Int, k: Int, input: UnsafePointer<Element>,
        values: UnsafeMutablePointer<Element>, indices: UnsafeMutablePointer<Int32>,
        threads: Int = 1
    ) {
        guard k > 0 else { return }
        guard k <= insertionLimit || k * 16 <= count else {
            return ReferenceKernels.topK(
                rows: rows, count: count, k: k, input: input, values: values, indices: indices)
        }
        Parallel.forEachPart(of: rows, threads: threads, grain: 4096 / max(count, 1) + 1) {
            for row in $0 {
                insertGreatest(
                    count, k, input + row * count, values + row * k, indices + row * k)
            }
        }
    }

    /// Above this many winners sorting beats insertion, unless few elements get that far.
    private static let insertionLimit = 32

    /// Puts each element that is among the greatest so far into its place.
    @inline(__always)
    private static func insertGreatest<Element: Comparable & BitwiseCopyable>(
        _ count: Int, _ k: Int, _ source: UnsafePointer<Element>,
        _ values: UnsafeMutablePointer<Element>, _ indices: UnsafeMutablePointer<Int32>
    ) {
        for index in 0..<count {
            let value = source[index]
            if index >= k, !(value > values[k - 1]) { continue }
            var place = min(index, k - 1)
            while place > 0, value > values[place - 1] {
                values[place] = values[place - 1]
                indices[place] = indices[place - 1]
                place -= 1
            }
            values[place] = value
            indices[place] = Int32(truncatingIfNeeded: index)
        }
    }
}
