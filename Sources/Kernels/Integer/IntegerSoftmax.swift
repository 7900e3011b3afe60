import Foundations

/// The softmax of rows of 8-bit elements, in fixed point.
package struct IntegerSoftmax: Sendable {
    /// For each distance from the greatest element of a row the exponential, without integer bits; 0 for those too far.
    private let exponentials: [Int32]

    /// - Parameter scale: of the input, times β.
    package init(scale: Double) {
        let multiplier = FixedPointMultiplier(min(scale * 0x1p26, 0x1p31 - 1))
        let farthest = -Int64(
            (31 * 0x1p26 / Double(sign: .plus, exponent: Int(multiplier.exponent), significand: 1))
                .rounded(.down))
        exponentials = (0..<256).map { distance in
            guard -Int64(distance) >= farthest else { return -1 }
            let scaled = FixedPoint.highProduct(
                Int32(-distance) << multiplier.leftShift, multiplier.mantissa)
            return FixedPointFunctions<Int32>.exponential(scaled, integerBits: 5)
        }
    }

    /// The softmax of each of `rows` rows of `count` elements, in steps of 1/256 from the least element on.
    @_specialize(where X == Int8)
    @_specialize(where X == UInt8)
    package func apply<X: QuantizedElement>(
        rows: Int, count: Int, input: UnsafePointer<X>, output: UnsafeMutablePointer<X>
    ) {
        for row in 0..<rows {
            let (source, target) = (input + row * count, output + row * count)
            var greatest = Int32(X.min)
            for index in 0..<count { greatest = max(greatest, Int32(source[index])) }
            var sum: Int32 = 0
            for index in 0..<count {
                let exponential = exponentials[Int(greatest - Int32(source[index]))]
                if exponential >= 0 { sum &+= FixedPoint.divide(exponential, byPowerOfTwo: 12) }
            }
            let (factor, bits) = FixedPoint.reciprocal(max(sum, 1), integerBits: 12)
            for index in 0..<count {
                let exponential = exponentials[Int(greatest - Int32(source[index]))]
                guard exponential >= 0 else {
                    target[index] = X.min
                    continue
                }
                let share = FixedPoint.scale(
                    FixedPoint.highProduct(exponential, factor), byPowerOfTwo: -(bits + 23))
                target[index] = X(clamping: share + Int32(X.min))
            }
        }
    }
}

/// The softmax of rows of 16-bit elements, by interpolation in tables.
package struct WideIntegerSoftmax: Sendable {
    private let multiplier: FixedPointMultiplier
    private let exponentials: InterpolatedTable
    private let inverses: InterpolatedTable

    /// - Parameter scale: of the input, times β.
    package init(scale: Double) {
        multiplier = FixedPointMultiplier(scale / (10.0 / 65535))
        exponentials = InterpolatedTable(
            from: -10, to: 0, outputLeast: -0x1p16 / 65535, outputGreatest: 65534.0 / 65535,
            type: Double.self
        ) { exp($0) }
        inverses = InterpolatedTable(
            from: 0, to: 1, outputLeast: -0x1p16 / 65535, outputGreatest: 65534.0 / 65535,
            type: Double.self
        ) { 1 / (1 + $0) }
    }

    /// The softmax of each of `rows` rows of `count` elements, in steps of 1/32768.
    package func apply(
        rows: Int, count: Int, input: UnsafePointer<Int16>, output: UnsafeMutablePointer<Int16>
    ) {
        for row in 0..<rows {
            let (source, target) = (input + row * count, output + row * count)
            var greatest = Int32(Int16.min)
            for index in 0..<count { greatest = max(greatest, Int32(source[index])) }
            var sum: Int32 = 0
            for index in 0..<count {
                let distance = multiplier.apply(Int32(source[index]) - greatest)
                let exponential = exponentials[Int16(clamping: distance &+ 32767)]
                target[index] = exponential
                sum &+= Int32(exponential)
            }
            let headroom = Int32(max(sum, 1).leadingZeroBitCount)
            let normalized = (Int64(max(sum, 1)) << Int64(headroom - 1) + 1 << 13) >> 14
            let inverse = Int64(inverses[Int16(clamping: normalized - 98304)])
            let shift = Int64(31 - headroom)
            for index in 0..<count {
                let half: Int64 = shift > 0 ? 1 << (shift - 1) : 0
                let share = (Int64(target[index]) * inverse + half) >> shift
                target[index] = Int16(min(max(share, 0), 32767))
            }
        }
    }
}
