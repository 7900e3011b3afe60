extension ReferenceKernels {
    /// `[outer, inner]` indices → `[outer, depth, inner]` with `on` where the index says, else `off`.
    ///
    /// An index outside `0..<depth` gives `off` everywhere.
    @_specialize(where Index == Int32, Element == UInt8)
    @_specialize(where Index == Int32, Element == UInt32)
    @_specialize(where Index == Int32, Element == UInt64)
    @_specialize(where Index == Int64, Element == UInt8)
    @_specialize(where Index == Int64, Element == UInt32)
    @_specialize(where Index == Int64, Element == UInt64)
    package static func oneHot<Index: FixedWidthInteger, Element: BitwiseCopyable>(
        outer: Int, depth: Int, inner: Int, on: Element, off: Element,
        indices: UnsafePointer<Index>, output: UnsafeMutablePointer<Element>
    ) {
        for row in 0..<outer {
            for position in 0..<depth {
                for column in 0..<inner {
                    let matches = indices[row * inner + column] == position
                    output[(row * depth + position) * inner + column] = matches ? on : off
                }
            }
        }
    }
}
