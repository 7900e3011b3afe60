extension IntegerKernels {
    /// The sums of distances from the zero point along the reduced axes, as `finish` makes elements of them.
    ///
    /// - Parameter output: has `loop.resultCount` elements.
    @inline(__always)
    private static func sums<X: QuantizedElement>(
        _ loop: ReductionLoop, _ input: IntegerOperand<X>, _ output: UnsafeMutablePointer<X>,
        _ finish: (Int64) -> Int32
    ) {
        let inner = ReductionLoop.offsets(loop.reducedExtents, loop.reducedStrides)
        let bases = ReductionLoop.offsets(loop.keptExtents, loop.keptStrides)
        for (index, base) in bases.enumerated() {
            var sum: Int64 = 0
            for offset in inner { sum &+= Int64(input[base + offset]) }
            output[index] = X(truncatingIfNeeded: finish(sum))
        }
    }

    /// The mean along the reduced axes.
    ///
    /// - Parameters:
    ///   - factor: the scale of the input by that of the output; divided by the count with rounding down.
    ///   - scaling: gives the zero point and the limits.
    @_specialize(where X == Int8)
    @_specialize(where X == UInt8)
    @_specialize(where X == Int16)
    package static func mean<X: QuantizedElement>(
        _ loop: ReductionLoop, factor: Double, scaling: OutputScaling, input: IntegerOperand<X>,
        output: UnsafeMutablePointer<X>
    ) {
        let multiplier = FixedPointMultiplier(factor).divided(by: max(loop.reducedCount, 1))
        sums(loop, input, output) {
            scaling.limited(multiplier.apply(Int32(truncatingIfNeeded: $0)))
        }
    }

    /// The sum along the reduced axes, multiplied in single precision with the factor of the scaling.
    @_specialize(where X == Int8)
    @_specialize(where X == UInt8)
    @_specialize(where X == Int16)
    package static func sum<X: QuantizedElement>(
        _ loop: ReductionLoop, scaling: OutputScaling, input: IntegerOperand<X>,
        output: UnsafeMutablePointer<X>
    ) {
        let factor = Float(scaling.factors.first ?? 0)
        sums(loop, input, output) {
            let scaled = (Float($0) * factor).rounded(.toNearestOrEven)
            return scaling.limited(OutputScaling.rounded(Double(scaled)))
        }
    }

    /// The product along the reduced axes, scaled after each factor so that it stays within 32 bits.
    ///
    /// - Parameter scaling: its factor, as often as there are factors, is the scale of the result by that of the output.
    @_specialize(where X == Int8)
    @_specialize(where X == Int16)
    package static func product<X: QuantizedElement>(
        _ loop: ReductionLoop, scaling: OutputScaling, input: IntegerOperand<X>,
        output: UnsafeMutablePointer<X>
    ) {
        let inner = ReductionLoop.offsets(loop.reducedExtents, loop.reducedStrides)
        let bases = ReductionLoop.offsets(loop.keptExtents, loop.keptStrides)
        let multiplier = scaling.multipliers[0]
        for (index, base) in bases.enumerated() {
            var product = inner.first.map { Int64(input[base + $0]) } ?? 1
            for offset in inner.dropFirst() {
                product = Int64(multiplier.applyReduced(product &* Int64(input[base + offset])))
            }
            output[index] = X(
                truncatingIfNeeded: scaling.limited(multiplier.applyReduced(product)))
        }
    }
}

extension FixedPointMultiplier {
    /// The multiplier divided by a count.
    fileprivate func divided(by count: Int) -> FixedPointMultiplier {
        let bits = 63 - count.leadingZeroBitCount
        let shift = min(bits, 32, 31 + Int(exponent))
        let mantissa = Int64(mantissa) << Int64(shift) / Int64(count)
        return FixedPointMultiplier(
            mantissa: Int32(clamping: mantissa), exponent: exponent - Int32(shift))
    }
}
