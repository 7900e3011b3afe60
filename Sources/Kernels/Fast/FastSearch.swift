import CKernels

extension FastKernels {
    /// The first index of the greatest element along the middle of `[outer, count, inner]`.
    ///
    /// The least element if `isMinimum` is true. `Index` is `Int32` or `Int64`; `count` is not 0.
    package static func firstIndex<Index: FixedWidthInteger & BitwiseCopyable>(
        isMinimum: Bool, outer: Int, count: Int, inner: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Index>, threads: Int = 1
    ) {
        let grain = 16384 / max(count * inner, 1) + 1
        Parallel.forEachPart(of: outer, threads: threads, grain: grain) { part in
            kc_search(
                isMinimum ? 1 : 0, part.count, count, inner,
                input + part.lowerBound * count * inner, Index.bitWidth == 64 ? 1 : 0,
                output + part.lowerBound * inner)
        }
    }
}
