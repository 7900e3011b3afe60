import TFLiteFormat

extension OperatorPreparation {
    /// FAKE_QUANT: floats rounded to the steps that integers of a few bits would have over a range.
    ///
    /// The range is moved so that 0 is a step, as in the runtime.
    func fakeQuantization() throws -> PreparedOperator {
        let options = try options(FakeQuantOptions.self)
        guard !options.hasNarrowRange else { throw unsupported("its range is narrow") }
        guard (2...16).contains(options.bitCount), options.minimum <= 0, options.maximum > 0 else {
            throw malformed(
                "\(options.bitCount) bits from \(options.minimum) to \(options.maximum)")
        }
        let x = try floatInput(0)
        let y = try output(0, .float32, x.shape)
        let greatest = Float((1 << options.bitCount) - 1)
        let scale = (options.maximum - options.minimum) / greatest
        let zero = (-options.minimum / scale).rounded(.toNearestOrAwayFromZero)
        let zeroPoint = min(max(zero, 0), greatest)
        let (lower, upper) = (-zeroPoint * scale, (greatest - zeroPoint) * scale)
        return PreparedOperator(y) { context in
            let (source, target) = (context.floats(x), context.floatOutput(y))
            for index in 0..<x.count {
                let value = min(max(source[index], lower), upper) - lower
                target[index] =
                    (value / scale).rounded(.toNearestOrAwayFromZero) * scale + lower
            }
        }
    }
}
