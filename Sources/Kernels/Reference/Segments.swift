import Tensors

extension ReferenceKernels {
    /// Joins the rows of `input` that have the same number; false at a number outside the result.
    ///
    /// `input` is `[rows, count]`, `output` `[segments, count]`. Segments without rows get the neutral element of the
    /// function, for `maximum` and `minimum` the end of the type's range. Rows with a negative number are left out where
    /// `dropsNegative` says so.
    @_specialize(where Element == Float)
    @_specialize(where Element == Int32)
    package static func segments<Element: ArithmeticElement>(
        _ function: BinaryFunction, neutral: Element, rows: Int, count: Int, segments: Int,
        dropsNegative: Bool, numbers: UnsafePointer<Int32>, input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>
    ) -> Bool {
        output.update(repeating: neutral, count: segments * count)
        for row in 0..<rows {
            let number = Int(numbers[row])
            if number < 0, dropsNegative { continue }
            guard (0..<segments).contains(number) else { return false }
            let (source, target) = (input + row * count, output + number * count)
            for index in 0..<count {
                target[index] = Element.apply(function, target[index], source[index])
            }
        }
        return true
    }
}
