extension ReferenceKernels {
    /// The first index of the least or the greatest element along the middle of `[outer, count, inner]`.
    @_specialize(where Element == Float, Index == Int32)
    @_specialize(where Element == Float, Index == Int64)
    @_specialize(where Element == Int8, Index == Int32)
    @_specialize(where Element == Int8, Index == Int64)
    @_specialize(where Element == UInt8, Index == Int32)
    @_specialize(where Element == UInt8, Index == Int64)
    @_specialize(where Element == Int32, Index == Int32)
    @_specialize(where Element == Int32, Index == Int64)
    @_specialize(where Element == Int64, Index == Int32)
    @_specialize(where Element == Int64, Index == Int64)
    package static func firstIndex<Element: Comparable & BitwiseCopyable, Index: FixedWidthInteger>(
        isMinimum: Bool, outer: Int, count: Int, inner: Int, input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Index>
    ) {
        if isMinimum {
            firstIndex(outer, count, inner, input, output) { $0 < $1 }
        } else {
            firstIndex(outer, count, inner, input, output) { $0 > $1 }
        }
    }

    private static func firstIndex<Element: BitwiseCopyable, Index: FixedWidthInteger>(
        _ outer: Int, _ count: Int, _ inner: Int, _ input: UnsafePointer<Element>,
        _ output: UnsafeMutablePointer<Index>, _ beats: (Element, Element) -> Bool
    ) {
        guard count > 0 else { return }
        for row in 0..<outer {
            for column in 0..<inner {
                let source = input + row * count * inner + column
                var best = 0
                for index in 1..<Swift.max(count, 1) {
                    if beats(source[index * inner], source[best * inner]) { best = index }
                }
                output[row * inner + column] = Index(truncatingIfNeeded: best)
            }
        }
    }
}
