extension ReferenceKernels {
    /// `[outer, inner]` indices → `[outer, depth, inner]` with `on` where the index says, else `off`.
    ///
    /// An index outside `0..<depth` gives `off` everywhere.
    @_specialize(where Index == Int32, Element == UInt8)
    @_specialize(where Index == Int32, Element == UInt32)
    @_specialize(where Index == Int32, Element == UInt64)
    @_specialize(where Index == Int32, Element == Float)
    @_specialize(where Index == Int64, Element == UInt8)
    @_specialize(where Index == Int64, Element == UInt32)
    @_specialize(where Index == Int64, Element == UInt64)
    package static func oneHot<Index: FixedWidthInteger, Element: BitwiseCopyable>(
        outer: Int, depth: Int, inner: Int, on: Element, off: Element,
        indices: UnsafePointer<Index>, output: UnsafeMutablePointer<Element>
    ) {
        output.update(repeating: off, count: outer * depth * inner)
        for row in 0..<outer {
            for column in 0..<inner {
                let index = indices[row * inner + column]
                guard index >= 0, index < depth else { continue }
                output[(row * depth + Int(truncatingIfNeeded: index)) * inner + column] = on
            }
        }
    }
}
