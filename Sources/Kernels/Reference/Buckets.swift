extension ReferenceKernels {
    /// For each number how many of the ascending `boundaries` are not greater.
    package static func buckets<Element: BitwiseCopyable & Comparable>(
        count: Int, boundaries: [Element], input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Int32>
    ) {
        for index in 0..<count {
            let value = input[index]
            var (lower, upper) = (0, boundaries.count)
            while lower < upper {
                let middle = (lower + upper) / 2
                if value < boundaries[middle] { upper = middle } else { lower = middle + 1 }
            }
            output[index] = Int32(truncatingIfNeeded: lower)
        }
    }
}
