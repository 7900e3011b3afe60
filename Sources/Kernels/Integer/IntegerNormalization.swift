import Foundations

extension IntegerKernels {
    /// Rows divided by their Euclidean norm, in steps of 1/128 around a zero point of 0.
    ///
    /// `input.zeroPoint` stands for 0.
    package static func l2Normalization(
        rows: Int, count: Int, input: IntegerOperand<Int8>, output: UnsafeMutablePointer<Int8>
    ) {
        for row in 0..<rows {
            let source = input.advanced(by: row * count)
            var squares: Int32 = 0
            for index in 0..<count { squares &+= source[index] &* source[index] }
            let (mantissa, exponent) = FixedPoint.inverseSquareRoot(squares)
            let multiplier = FixedPointMultiplier(mantissa: mantissa, exponent: exponent + 7)
            for index in 0..<count {
                output[row * count + index] = Int8(clamping: multiplier.apply(source[index]))
            }
        }
    }

    /// `x − log Σ exp(x)` over rows, in steps of 1/16 from 127 down.
    package static func logSoftmax(
        rows: Int, count: Int, scale: Float, input: UnsafePointer<Int8>,
        output: UnsafeMutablePointer<Int8>
    ) {
        for row in 0..<rows {
            let (source, target) = (input + row * count, output + row * count)
            var greatest = Int8.min
            for index in 0..<count { greatest = max(greatest, source[index]) }
            func distance(_ index: Int) -> Double {
                Double(scale) * Double(Int32(source[index]) - Int32(greatest))
            }
            let sum = (0..<count).reduce(0.0) { $0 + exp(distance($1)) }
            let shift = log(sum)
            for index in 0..<count {
                target[index] = Int8(
                    clamping: 127 + OutputScaling.rounded((distance(index) - shift) * 16))
            }
        }
    }
}
