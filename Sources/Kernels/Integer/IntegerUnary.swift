import Foundations

/// How one quantized tensor becomes another, element by element.
package struct IntegerUnary: Sendable {
    /// The scale of the input.
    package let inputScale: Float
    /// The integer of the input that stands for 0.
    package let inputZeroPoint: Int32
    /// The scale of the output.
    package let outputScale: Float
    /// The integer of the output that stands for 0.
    package let outputZeroPoint: Int32
    /// The least and the greatest element of the output.
    package let limits: ClosedRange<Int32>

    package init(
        input: (scale: Float, zeroPoint: Int32), output: (scale: Float, zeroPoint: Int32),
        limits: ClosedRange<Int32>
    ) {
        (inputScale, inputZeroPoint) = input
        (outputScale, outputZeroPoint) = output
        self.limits = limits
    }

    private func limited(_ value: Int32) -> Int32 {
        min(max(value &+ outputZeroPoint, limits.lowerBound), limits.upperBound)
    }

    /// A function computed in single precision, rounded half away from 0.
    package func real(_ function: @escaping @Sendable (Float) -> Float)
        -> @Sendable (Int32) -> Int32?
    {
        { q in
            let result = function(inputScale * Float(q - inputZeroPoint))
            return limited(OutputScaling.rounded(Double(result * (1 / outputScale))))
        }
    }

    /// The logarithm; numbers without one give the least element.
    package var logarithm: @Sendable (Int32) -> Int32? {
        let logarithm = real { log($0) }
        return { q in q <= inputZeroPoint ? limits.lowerBound : logarithm(q) }
    }

    /// The square root, rounded towards 0; nil for negative numbers.
    package var squareRoot: @Sendable (Int32) -> Int32? {
        { q in
            guard q >= inputZeroPoint else { return nil }
            let root = (inputScale * Float(q - inputZeroPoint)).squareRoot() / outputScale
            return limited(Int32(min(root.rounded(.towardZero), 0x1p30)))
        }
    }

    /// The inverse square root; the greatest element for 0 and nil for negative numbers.
    package var inverseSquareRoot: @Sendable (Int32) -> Int32? {
        let scale = FixedPointMultiplier(1 / Double(inputScale.squareRoot() * outputScale))
        let last = FixedPointMultiplier(mantissa: scale.mantissa, exponent: scale.exponent - 20)
        return { q in
            let distance = q - inputZeroPoint
            guard distance >= 0 else { return nil }
            guard distance > 0 else { return limits.upperBound }
            let (mantissa, exponent) = FixedPoint.inverseSquareRoot(distance)
            let inverse = FixedPointMultiplier(mantissa: mantissa, exponent: exponent + 20).apply(1)
            return limited(last.apply(inverse))
        }
    }

    /// The same number in the output's scale.
    package var requantized: @Sendable (Int32) -> Int32? {
        let multiplier = FixedPointMultiplier(Double(inputScale) / Double(outputScale))
        return { q in limited(multiplier.apply(q &- inputZeroPoint)) }
    }

    /// The number within two real bounds.
    package func clamped(_ lower: Float, _ upper: Float) -> @Sendable (Int32) -> Int32? {
        let multiplier = FixedPointMultiplier(Double(inputScale / outputScale))
        let bounds = limits.limited(lower, upper, scale: outputScale, zeroPoint: outputZeroPoint)
        return { q in
            let value = multiplier.apply(q &- inputZeroPoint) &+ outputZeroPoint
            return min(max(value, bounds.lowerBound), bounds.upperBound)
        }
    }

    /// The absolute value.
    package var magnitude: @Sendable (Int32) -> Int32? {
        let multiplier = FixedPointMultiplier(Double(inputScale / outputScale))
        return { q in limited(multiplier.apply(abs(q &- inputZeroPoint))) }
    }

    /// The number, multiplied with a slope if it is negative.
    package func leaky(slope: Float) -> @Sendable (Int32) -> Int32? {
        let identity = FixedPointMultiplier(Double(inputScale / outputScale))
        let sloped = FixedPointMultiplier(Double(inputScale * slope / outputScale))
        return { q in
            let distance = q &- inputZeroPoint
            return limited((distance >= 0 ? identity : sloped).apply(distance))
        }
    }

    /// `x · relu6(x + 3) / 6` with 16 bits.
    package var hardSwish: @Sendable (Int32) -> Int32? {
        let fine = inputScale * (1 / 128)
        let outer = FixedPointMultiplier(Double(fine / outputScale))
        let inner = FixedPointMultiplier(Double(fine / (3 / 32768)))
        let (outerMantissa, innerMantissa) = (outer.narrowMantissa, inner.narrowMantissa)
        return { q in
            let distance = (q - inputZeroPoint) * 128
            let product = Narrow.highProduct(distance, outerMantissa)
            var gate = distance
            if inner.exponent > 0 { gate = Narrow.limited(gate << (inner.exponent - 1)) }
            gate = Narrow.highProduct(gate, innerMantissa)
            if inner.exponent > 0 { gate = Narrow.limited(gate << 1) }
            gate = FixedPoint.divide(gate, byPowerOfTwo: inner.rightShift)
            gate = (gate + 1 << 15) >> 1
            let gated = gate * product / (1 << 15)
            return limited(
                FixedPoint.scale(gated, byPowerOfTwo: outer.exponent))
        }
    }
}

/// Fixed-point arithmetic with 16 bits.
private enum Narrow {
    static func limited(_ value: Int32) -> Int32 { min(max(value, -32768), 32767) }

    static func highProduct(_ a: Int32, _ b: Int32) -> Int32 {
        limited((a * b + 1 << 14) >> 15)
    }
}

extension FixedPointMultiplier {
    /// The mantissa rounded to 16 bits.
    fileprivate var narrowMantissa: Int32 {
        mantissa > .max - 1 << 15 ? 32767 : (mantissa + 1 << 15) >> 16
    }
}

extension ClosedRange<Int32> {
    /// The part of the range that lies between two real bounds.
    package func limited(
        _ lower: Float, _ upper: Float, scale: Float, zeroPoint: Int32
    ) -> ClosedRange<Int32> {
        func element(_ bound: Float, else limit: Int32) -> Int32 {
            guard bound.isFinite else { return limit }
            return OutputScaling.rounded(Double(bound / scale)).addingLimited(zeroPoint)
        }
        let least = Swift.max(element(lower, else: lowerBound), lowerBound)
        let greatest = Swift.min(element(upper, else: upperBound), upperBound)
        return Swift.min(least, greatest)...greatest
    }
}

extension Int32 {
    fileprivate func addingLimited(_ other: Int32) -> Int32 {
        Int32(clamping: Int64(self) + Int64(other))
    }
}
