extension ReferenceKernels {
    /// Running sums along the middle of `[outer, count, inner]`.
    ///
    /// `exclusive` leaves each element out of its own sum; `reverse` sums from the end.
    @_specialize(where Element == Float)
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func cumulativeSum<Element: ArithmeticElement>(
        outer: Int, count: Int, inner: Int, exclusive: Bool, reverse: Bool,
        input: UnsafePointer<Element>, output: UnsafeMutablePointer<Element>
    ) {
        for row in 0..<outer {
            for column in 0..<inner {
                var sum = Element.zero
                for step in 0..<count {
                    let position = reverse ? count - 1 - step : step
                    let offset = (row * count + position) * inner + column
                    let next = Element.sum(sum, input[offset])
                    output[offset] = exclusive ? sum : next
                    sum = next
                }
            }
        }
    }
}
