/// How sums of products become elements of an output.
package struct OutputScaling: Sendable {
    /// How a sum is multiplied with the factor of its channel.
    package enum Rounding: Sendable {
        /// With a mantissa of 31 bits, rounded twice, from a sum of 32 bits.
        case twice
        /// With a mantissa of 15 bits, from a sum of 64 bits.
        case reduced
        /// In double precision, rounded once, halves away from 0.
        case real
    }

    package let rounding: Rounding
    /// The factors of the channels, one for each.
    package let factors: [Double]
    /// The same factors in fixed point.
    package let multipliers: [FixedPointMultiplier]
    /// The integer that stands for 0.
    package let zeroPoint: Int32
    /// The least and the greatest element.
    package let limits: ClosedRange<Int32>

    /// - Parameter factors: what each channel's sums are multiplied with.
    package init(
        _ factors: [Double], _ rounding: Rounding = .twice, zeroPoint: Int32,
        limits: ClosedRange<Int32>
    ) {
        self.rounding = rounding
        self.factors = factors
        multipliers = factors.map { FixedPointMultiplier($0) }
        self.zeroPoint = zeroPoint
        self.limits = limits
    }

    /// The element for the sum of a channel.
    @inline(__always)
    package func element(_ sum: Int64, channel: Int = 0) -> Int32 {
        let scaled: Int32 =
            switch rounding {
            case .twice: multipliers[channel].apply(Int32(truncatingIfNeeded: sum))
            case .reduced: multipliers[channel].applyReduced(sum)
            case .real: OutputScaling.rounded(Double(sum) * factors[channel])
            }
        return limited(scaled)
    }

    /// A scaled value with the zero point added, within the limits.
    @inline(__always)
    package func limited(_ value: Int32) -> Int32 {
        min(max(value &+ zeroPoint, limits.lowerBound), limits.upperBound)
    }

    /// The nearest integer, halves away from 0; 0 for NaN.
    @inline(__always)
    package static func rounded(_ value: Double) -> Int32 {
        guard value == value else { return 0 }
        // The greatest number below 1/2 brings halves to the next integer and leaves what is less.
        let limited = min(max(value, -0x1p31), 0x1p31 - 1)
        return Int32(limited + (limited < 0 ? -0x1.fffffffffffffp-2 : 0x1.fffffffffffffp-2))
    }
}

extension OutputScaling {
    /// Writes the elements for a row of sums, one of each channel.
    ///
    /// Sums that are scaled in double precision go without branches, so that several are computed at a time.
    func write(_ sums: UnsafePointer<Int32>, to output: UnsafeMutablePointer<Int8>) {
        guard rounding == .real else {
            for channel in factors.indices {
                output[channel] = Int8(
                    truncatingIfNeeded: element(Int64(sums[channel]), channel: channel))
            }
            return
        }
        let lower = Double(limits.lowerBound - zeroPoint)
        let upper = Double(limits.upperBound - zeroPoint)
        // Numbers of this size have no fractions; halves become even ones. Their low bits are the integer.
        let shift = 0x1.8p52
        factors.withUnsafeBufferPointer { factors in
            for channel in factors.indices {
                var scaled = Double(sums[channel]) * factors[channel]
                scaled = scaled == scaled ? scaled : 0
                scaled = scaled < lower ? lower : scaled > upper ? upper : scaled
                var whole = (scaled + shift) - shift
                let rest = scaled - whole
                whole += scaled > 0 && rest == 0.5 ? 1 : 0
                whole -= scaled < 0 && rest == -0.5 ? 1 : 0
                output[channel] = Int8(
                    truncatingIfNeeded: (whole + Double(zeroPoint) + shift).bitPattern)
            }
        }
    }
}
