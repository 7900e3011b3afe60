import Foundations

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
            let source = input + row * count
            let greatest = Double(greatest(source, count))
            var sum = 0.0
            for index in 0..<count { sum += exp(Double(source[index]) - greatest) }
            let shift = greatest + log(sum)
            for index in 0..<count {
                output[row * count + index] = Float(Double(source[index]) - shift)
            }
        }
    }

    /// `beta·(x − max x)`, which keeps the exponentials in range.
    private static func shiftedRow(_ row: UnsafePointer<Float>, _ count: Int, _ beta: Float)
        -> [Double]
    {
        let greatest = Double(greatest(row, count))
        return (0..<count).map { Double(beta) * (Double(row[$0]) - greatest) }
    }

    private static func greatest(_ row: UnsafePointer<Float>, _ count: Int) -> Float {
        var greatest = -Float.infinity
        for index in 0..<count where row[index] > greatest { greatest = row[index] }
        return greatest
    }
}
