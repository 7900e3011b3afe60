/// Functions in fixed point with `Raw` bits: `exp`, the logistic function, `tanh` and reciprocals.
///
/// A number with `n` integer bits is an integer divided by `2^(bits − 1 − n)`.
struct FixedPointFunctions<Raw: FixedWidthInteger & SignedInteger> {
    /// An integer of 32 bits as a constant of this width, rounded.
    @inline(__always)
    private static func constant(_ value: Int32) -> Int32 {
        Raw.bitWidth == 32
            ? value : FixedPoint.divide(value, byPowerOfTwo: Int32(32 - Raw.bitWidth))
    }

    private static var bits: Int32 { Int32(Raw.bitWidth) }
    /// The largest number, which stands for 1 if there are no integer bits.
    static var one: Int32 { Int32(Raw.max) }

    @inline(__always)
    private static func limited(_ value: Int64) -> Int32 {
        Int32(min(max(value, Int64(Raw.min)), Int64(Raw.max)))
    }

    /// The upper half of the doubled product.
    @inline(__always)
    static func product(_ a: Int32, _ b: Int32) -> Int32 {
        limited((Int64(a) * Int64(b) + 1 << Int64(bits - 2)) >> Int64(bits - 1))
    }

    @inline(__always)
    private static func scale(_ value: Int32, _ exponent: Int32) -> Int32 {
        exponent < 0
            ? FixedPoint.divide(value, byPowerOfTwo: -exponent)
            : limited(Int64(value) << Int64(exponent))
    }

    /// `exp(a)` for a in [−1/4, 0), both without integer bits.
    private static func exponentialNearZero(_ a: Int32) -> Int32 {
        let x = a &+ 1 << (bits - 4)
        let square = product(x, x)
        let cube = product(square, x)
        let quarterOfFourth = scale(product(square, square), -2)
        let tail = scale(product(quarterOfFourth &+ cube, constant(715_827_883)) &+ square, -1)
        let start = constant(1_895_147_668)
        return limited(Int64(start) + Int64(product(start, x &+ tail)))
    }

    /// The factors `exp(−2^i)` for i from −2 to 4.
    private static var factors: [(exponent: Int32, value: Int32)] {
        [
            (-2, 1_672_461_947), (-1, 1_302_514_674), (0, 790_015_084), (1, 290_630_308),
            (2, 39_332_535), (3, 720_401), (4, 242),
        ]
    }

    /// `exp(a)`, without integer bits, for a ≤ 0 with the given number of them.
    static func exponential(_ a: Int32, integerBits: Int32) -> Int32 {
        if a == 0 { return one }
        let fractionBits = bits - 1 - integerBits
        let quarter = Int32(1) << (fractionBits - 2)
        let rest = (a & (quarter - 1)) - quarter
        var result = exponentialNearZero(scale(rest, integerBits))
        let remainder = rest &- a
        for factor in factors where integerBits > factor.exponent {
            if remainder & (1 << (fractionBits + factor.exponent)) != 0 {
                result = product(result, constant(factor.value))
            }
        }
        return integerBits > 5 && a < -(1 << (fractionBits + 5)) ? 0 : result
    }

    /// `1 / (1 + a)`, with 2 integer bits, for a in [0, 1] without any.
    private static func inverseAfterOne(_ a: Int32) -> Int32 {
        let half = halfSum(a, one)
        var x = constant(1_515_870_810) &+ product(half, constant(-1_010_580_540))
        for _ in 0..<3 {
            let remainder = 1 << (bits - 3) - product(half, x)
            x = x &+ scale(product(x, remainder), 2)
        }
        return x
    }

    /// Half of the sum, rounded to the nearest, halves away from 0.
    private static func halfSum(_ a: Int32, _ b: Int32) -> Int32 {
        let sum = Int64(a) + Int64(b)
        return Int32((sum + (sum >= 0 ? 1 : -1)) / 2)
    }

    /// `1 / (1 + a)` for a in [0, 1], both without integer bits.
    static func reciprocalAfterOne(_ a: Int32) -> Int32 { scale(inverseAfterOne(a), 1) }

    /// `1 / (1 + exp(−a))`, without integer bits.
    static func logistic(_ a: Int32, integerBits: Int32) -> Int32 {
        if a == 0 { return 1 << (bits - 2) }
        let result = reciprocalAfterOne(exponential(-magnitude(a), integerBits: integerBits))
        return a > 0 ? result : one - result
    }

    /// `tanh(a)`, without integer bits.
    static func tanh(_ a: Int32, integerBits: Int32) -> Int32 {
        if a == 0 { return 0 }
        let decay = exponential(-magnitude(a), integerBits: integerBits + 1)
        let result = scale(inverseAfterOne(decay) &- 1 << (bits - 3), 2)
        return a > 0 ? result : -result
    }

    private static func magnitude(_ a: Int32) -> Int32 {
        Int32(min(Int64(a.magnitude), Int64(Raw.max)))
    }
}

extension FixedPoint {
    /// `1 / value` for a positive value: `result / 2^31 / 2^shift`, if the value has `integerBits` integer bits.
    static func reciprocal(
        _ value: Int32, integerBits: Int32
    ) -> (result: Int32, shift: Int32) {
        let headroom = Int32(value.leadingZeroBitCount)
        let fraction = (UInt32(bitPattern: value) << UInt32(headroom)) &- 1 << 31
        return (
            FixedPointFunctions<Int32>.reciprocalAfterOne(Int32(bitPattern: fraction)),
            integerBits - headroom
        )
    }

    /// `1 / √value` for a value from 1 on: `result / 2^31 · 2^exponent`.
    static func inverseSquareRoot(_ value: Int32) -> (result: Int32, exponent: Int32) {
        guard value > 1 else { return (.max, 0) }
        var (input, shift) = (value, Int32(11))
        while input >= 1 << 29 {
            input /= 4
            shift += 1
        }
        let pairs = (Int32(input.leadingZeroBitCount) - 1) / 2 - 1
        shift -= pairs
        input <<= 2 * pairs
        let half = scale(input >> 1, byPowerOfTwo: -1)
        let threeHalves: Int32 = 1 << 28 + 1 << 27
        var x: Int32 = 1 << 28
        for _ in 0..<5 {
            let cube = scale(
                highProduct(highProduct(x, x), x), byPowerOfTwo: 6)
            x = scale(
                highProduct(threeHalves, x) &- highProduct(half, cube), byPowerOfTwo: 3)
        }
        x = highProduct(x, 1_518_500_250)
        if shift < 0 {
            x <<= -shift
            shift = 0
        }
        return (x, -shift)
    }
}
