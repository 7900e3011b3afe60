extension ReferenceKernels {
    /// For each element how many of the ascending `boundaries` are not greater than its `number`.
    package static func buckets<Element: BitwiseCopyable, Limit: Comparable>(
        count: Int, boundaries: [Limit], input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Int32>, _ number: (Element) -> Limit
    ) {
        for index in 0..<count {
            let value = number(input[index])
            var (lower, upper) = (0, boundaries.count)
            while lower < upper {
                let middle = (lower + upper) / 2
                if value < boundaries[middle] { upper = middle } else { lower = middle + 1 }
            }
            output[index] = Int32(truncatingIfNeeded: lower)
        }
    }
}
