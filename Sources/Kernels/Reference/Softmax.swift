#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ReferenceKernels {
    /// `exp(beta·x) / Σ exp(beta·x)` over each of `rows` rows of `count` elements.
    package static func softmax(
        rows: Int, count: Int, beta: Float = 1, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let shifted = shiftedRow(input + row * count, count, beta)
            let sum = shifted.reduce(0) { $0 + exp($1) }
            for index in 0..<count {
                output[row * count + index] = Float(exp(shifted[index]) / sum)
            }
        }
    }

    /// `x − log Σ exp(x)` over each of `rows` rows of `count` elements.
    package static func logSoftmax(
        rows: Int, count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let shifted = shiftedRow(input + row * count, count, 1)
            let logSum = log(shifted.reduce(0) { $0 + exp($1) })
            for index in 0..<count { output[row * count + index] = Float(shifted[index] - logSum) }
        }
    }

    /// `beta·(x − max x)`, which keeps the exponentials in range.
    private static func shiftedRow(_ row: UnsafePointer<Float>, _ count: Int, _ beta: Float)
        -> [Double]
    {
        var greatest = -Float.infinity
        for index in 0..<count where row[index] > greatest { greatest = row[index] }
        return (0..<count).map { Double(beta) * (Double(row[$0]) - Double(greatest)) }
    }
}
