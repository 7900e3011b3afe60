import Tensors

/// A function of two quantized numbers, with what it needs to know of scales.
package enum IntegerBinary: Sendable {
    /// The sum, or the difference, of operands brought to a common scale.
    case sum(IntegerPair, isDifference: Bool)
    case product
    /// The square of the difference of operands brought to a common scale.
    case squaredDifference(IntegerPair)
    case quotient

    /// The function of the distances of the elements from their zero points, with the output's scaling.
    @inline(__always)
    package func element(_ a: Int32, _ b: Int32, _ scaling: OutputScaling) -> Int32 {
        switch self {
        case .sum(let pair, let isDifference):
            let (left, right) = (pair.left(a), pair.right(b))
            return scaling.element(Int64(isDifference ? left &- right : left &+ right))
        case .product: return scaling.element(Int64(a &* b))
        case .squaredDifference(let pair):
            let difference = pair.left(a) &- pair.right(b)
            return scaling.element(Int64(difference &* difference))
        case .quotient: return IntegerBinary.quotient(a, b, scaling)
        }
    }

    /// The product with the reciprocal of the divisor; the divisor 0 counts as 1 here.
    private static func quotient(_ a: Int32, _ b: Int32, _ scaling: OutputScaling) -> Int32 {
        let dividend = b < 0 ? 0 &- a : a
        let divisor = b == 0 ? 1 : Int32(clamping: b.magnitude)
        let (reciprocal, integerBits) = FixedPoint.reciprocal(divisor, integerBits: 31)
        let headroom = Int32((dividend < 0 ? ~dividend : dividend).leadingZeroBitCount) - 1
        let unscaled = FixedPoint.highProduct(dividend << headroom, reciprocal)
        let multiplier = scaling.multipliers[0]
        let shift = multiplier.exponent - integerBits - headroom
        return scaling.limited(
            FixedPoint.scale(
                FixedPoint.highProduct(unscaled, multiplier.mantissa), byPowerOfTwo: shift))
    }
}

/// What brings two operands to a common scale: `2^shift` steps for each unit of the larger scale, doubled.
package struct IntegerPair: Sendable {
    let shift: Int32
    let leftMultiplier: FixedPointMultiplier
    let rightMultiplier: FixedPointMultiplier
    /// The larger scale, doubled.
    package let unit: Double

    package init(_ left: Float, _ right: Float, shift: Int32) {
        self.shift = shift
        unit = 2 * Double(max(left, right))
        leftMultiplier = FixedPointMultiplier(Double(left) / unit)
        rightMultiplier = FixedPointMultiplier(Double(right) / unit)
    }

    /// A left operand on the common scale.
    @inline(__always)
    package func left(_ value: Int32) -> Int32 { leftMultiplier.apply(value << shift) }

    /// A right operand on the common scale.
    @inline(__always)
    package func right(_ value: Int32) -> Int32 { rightMultiplier.apply(value << shift) }
}

extension Comparison {
    /// Whether the comparison holds for two integers.
    @inline(__always)
    fileprivate func holds(_ a: Int32, _ b: Int32) -> Bool {
        switch self {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessEqual: a <= b
        case .greater: a > b
        case .greaterEqual: a >= b
        }
    }
}

extension IntegerKernels {
    /// A function of the pairs of elements of the broadcast of two operands.
    @_specialize(where X == Int8)
    @_specialize(where X == UInt8)
    @_specialize(where X == Int16)
    package static func binary<X: QuantizedElement>(
        _ function: IntegerBinary, _ loop: BroadcastLoop, _ a: IntegerOperand<X>,
        _ b: IntegerOperand<X>, scaling: OutputScaling, output: UnsafeMutablePointer<X>
    ) {
        forEachPair(loop) { index, left, right in
            output[index] = X(
                truncatingIfNeeded: function.element(a[left], b[right], scaling))
        }
    }

    /// Compares the pairs of elements of the broadcast of two operands of different scales.
    ///
    /// - Parameters:
    ///   - scales: the scale of each operand, whose numbers are compared with a precision of 1/256.
    @_specialize(where X == Int8)
    @_specialize(where X == UInt8)
    @_specialize(where X == Int16)
    package static func compare<X: QuantizedElement>(
        _ comparison: Comparison, _ loop: BroadcastLoop, _ a: IntegerOperand<X>,
        _ b: IntegerOperand<X>, scales: (Float, Float), output: UnsafeMutablePointer<Bool>
    ) {
        let left = FixedPointMultiplier(Double(scales.0))
        let right = FixedPointMultiplier(Double(scales.1))
        forEachPair(loop) { index, first, second in
            output[index] = comparison.holds(
                left.apply(a[first] << 8), right.apply(b[second] << 8))
        }
    }

    /// Calls `body` with the positions of each result and of its operands.
    @inline(__always)
    static func forEachPair(
        _ loop: BroadcastLoop, _ body: (_ result: Int, _ a: Int, _ b: Int) -> Void
    ) {
        let (stepA, stepB) = (loop.runStride(0), loop.runStride(1))
        loop.forEachRun { first, offsets in
            for index in 0..<loop.runLength {
                body(first + index, offsets[0] + index * stepA, offsets[1] + index * stepB)
            }
        }
    }
}
