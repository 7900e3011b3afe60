/// Conversions of the 16-bit floating point formats that weights files hold.
package enum Half {
    /// The value of an IEEE 754 binary16 bit pattern.
    package static func float(fromBinary16 bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 0x1F
        let mantissa = UInt32(bits & 0x3FF)
        switch exponent {
        case 0:
            let magnitude = Float(mantissa) * 0x1p-24
            return sign == 0 ? magnitude : -magnitude
        case 31:
            return Float(bitPattern: sign | 0x7F80_0000 | mantissa << 13)
        default:
            return Float(bitPattern: sign | (exponent + 112) << 23 | mantissa << 13)
        }
    }

    /// The value of a bfloat16 bit pattern (the upper half of a binary32).
    package static func float(fromBFloat16 bits: UInt16) -> Float {
        Float(bitPattern: UInt32(bits) << 16)
    }

    /// The nearest IEEE 754 binary16 bit pattern, ties to even; beyond the range it is infinite.
    package static func binary16(from value: Float) -> UInt16 {
        let bits = value.bitPattern
        let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
        let magnitude = bits & 0x7FFF_FFFF
        if magnitude > 0x7F80_0000 { return sign | 0x7E00 }
        if magnitude >= 0x477F_F000 { return sign | 0x7C00 }
        if magnitude < 0x3880_0000 {
            let scaled = (abs(value) * 0x1p24).rounded(.toNearestOrEven)
            return sign | UInt16(scaled)
        }
        let rounded = magnitude + 0xFFF + (magnitude >> 13 & 1)
        return sign | UInt16(truncatingIfNeeded: (rounded - 0x3800_0000) >> 13)
    }

    /// Writes the nearest binary16 bit patterns of many numbers, ties to even; those beyond ±65504 are limited to it.
    ///
    /// There is no branch, so that several are computed at a time.
    static func write(
        _ values: UnsafePointer<Float>, count: Int, to patterns: UnsafeMutablePointer<UInt16>
    ) {
        for index in 0..<count {
            let bits = values[index].bitPattern
            let magnitude = bits & 0x7FFF_FFFF
            let limited = magnitude < 0x477F_E000 ? magnitude : 0x477F_E000
            let rounded = limited &+ 0xFFF &+ (limited >> 13 & 1)
            let normal = (rounded &- 0x3800_0000) >> 13
            // The last place of a sum with 1/2 is that of numbers below 2⁻¹⁴.
            let small = (Float(bitPattern: limited) + 0.5).bitPattern &- 0x3F00_0000
            let finite = limited < 0x3880_0000 ? small : normal
            let pattern = magnitude > 0x7F80_0000 ? 0x7E00 : finite
            patterns[index] = UInt16(truncatingIfNeeded: bits >> 16 & 0x8000 | pattern)
        }
    }

    /// The nearest bfloat16 bit pattern, ties to even; beyond the range it is infinite.
    package static func bfloat16(from value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (bits + 0x7FFF + (bits >> 16 & 1)) >> 16)
    }
}
