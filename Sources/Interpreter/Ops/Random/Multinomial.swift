import Kernels

extension OperatorPreparation {
    /// MULTINOMIAL: for each row of logarithms of probabilities as many classes as the second input says.
    func multinomial() throws -> PreparedOperator {
        let (logits, samples) = (try floatInput(0), try integer(1))
        try require(logits, rank: 2)
        guard samples >= 0, logits.shape[1] > 0, let type = declaredType(0) else {
            throw malformed("\(samples) classes cannot be drawn from \(logits.shape)")
        }
        guard type == .int32 || type == .int64 else { throw unsupported(type) }
        let (rows, classes) = (logits.shape[0], logits.shape[1])
        let y = try output(0, type, [rows, samples])
        return drawing(y) { context, generator in
            var index = 0
            generator.drawClasses(
                UnsafeBufferPointer(start: context.floats(logits), count: logits.count), rows: rows,
                samples: samples
            ) { drawn in
                let drawn = min(drawn, classes - 1)
                switch type {
                case .int64: context.output(y, as: Int64.self)[index] = Int64(drawn)
                default: context.output(y, as: Int32.self)[index] = Int32(clamping: drawn)
                }
                index += 1
            }
        }
    }
}
