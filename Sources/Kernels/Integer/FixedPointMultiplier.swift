/// A factor as a mantissa of 31 bits and a power of two, by which integers are multiplied without floats.
package struct FixedPointMultiplier: Sendable, Hashable {
    /// The factor divided by `2^exponent`, times `2^31`; of a magnitude from `2^30` on, or 0.
    package let mantissa: Int32
    /// The power of two; from −31 to 31.
    package let exponent: Int32

    /// The multiplier nearest to a factor; 0 for one that is not finite or below `2^−32`.
    package init(_ factor: Double) {
        guard factor.isFinite, factor != 0 else {
            (mantissa, exponent) = (0, 0)
            return
        }
        var power = Int(factor.exponent) + 1
        let fraction = Double(sign: .plus, exponent: -power, significand: factor)
        var rounded = (fraction * 0x1p31).rounded(.toNearestOrAwayFromZero)
        if rounded.magnitude == 0x1p31 {
            rounded /= 2
            power += 1
        }
        mantissa = power < -31 ? 0 : Int32(rounded)
        exponent = power < -31 ? 0 : Int32(min(power, 31))
    }

    /// The multiplier `mantissa / 2^31 · 2^exponent`; the exponent is limited to the range of shifts.
    init(mantissa: Int32, exponent: Int32) {
        self.mantissa = mantissa
        self.exponent = min(max(exponent, -31), 31)
    }

    /// The places that a value is shifted to the left before it is multiplied.
    package var leftShift: Int32 { max(exponent, 0) }
    /// The places that the product is shifted to the right, with rounding.
    package var rightShift: Int32 { max(-exponent, 0) }

    /// The product with a 32-bit sum, rounded twice: to 32 bits, halves up, and to the result, halves away from 0.
    @inline(__always)
    package func apply(_ value: Int32) -> Int32 {
        FixedPoint.divide(
            FixedPoint.highProduct(value << leftShift, mantissa), byPowerOfTwo: rightShift)
    }

    /// The product of the mantissa, cut to 16 bits, with a sum of up to 48 bits, rounded once.
    @inline(__always)
    package func applyReduced(_ value: Int64) -> Int32 {
        let reduced: Int64 =
            mantissa < 0x7FFF_0000 ? (Int64(mantissa) + 1 << 15) >> 16 : 0x7FFF
        let shift = Int64(15 - exponent)
        guard shift > 0 else { return Int32(clamping: (value &* reduced) << -shift) }
        return Int32(truncatingIfNeeded: (value &* reduced &+ (1 << (shift - 1))) >> shift)
    }
}

/// The steps of fixed-point arithmetic with 32 bits.
package enum FixedPoint {
    /// `a · b / 2^31`, rounded to the nearest, halves up, and limited to 32 bits.
    @inline(__always)
    package static func highProduct(_ a: Int32, _ b: Int32) -> Int32 {
        Int32(clamping: (Int64(a) * Int64(b) + 1 << 30) >> 31)
    }

    /// `value / 2^exponent`, rounded to the nearest, halves away from 0.
    @inline(__always)
    package static func divide(_ value: Int32, byPowerOfTwo exponent: Int32) -> Int32 {
        guard exponent < 32 else { return 0 }
        let mask = Int32(truncatingIfNeeded: (Int64(1) << exponent) - 1)
        let remainder = value & mask
        let threshold = mask >> 1 + (value < 0 ? 1 : 0)
        return value >> exponent + (remainder > threshold ? 1 : 0)
    }

    /// `value · 2^exponent`, limited to 32 bits, or rounded if the exponent is negative.
    @inline(__always)
    package static func scale(_ value: Int32, byPowerOfTwo exponent: Int32) -> Int32 {
        exponent < 0
            ? divide(value, byPowerOfTwo: -exponent) : Int32(clamping: Int64(value) << exponent)
    }
}
