extension ReferenceKernels {
    /// `[outer, inner]` indices → `[outer, depth, inner]` with `on` where the index says, else `off`.
    ///
    /// An index outside `0..<depth` gives `off` everywhere.
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
