import Foundations

/// A function of 16-bit elements as 513 values with straight lines between them.
package struct InterpolatedTable: Sendable {
    private let values: [Int16]

    /// A table of a function over the numbers that the elements stand for.
    ///
    /// - Parameters:
    ///   - least: the number that the least element stands for.
    ///   - greatest: the number that the greatest element stands for.
    ///   - outputLeast: the number that the least result stands for.
    ///   - outputGreatest: the number that the greatest result stands for.
    ///   - type: the precision that the table is computed with.
    package init<Real: BinaryFloatingPoint>(
        from least: Real, to greatest: Real, outputLeast: Real, outputGreatest: Real,
        type: Real.Type,
        _ function: (Real) -> Real
    ) {
        let step = (greatest - least) / 512
        let scale = 65536 / (outputGreatest - outputLeast)
        func rounded(_ value: Real) -> Real { value.rounded(.toNearestOrAwayFromZero) }
        func limited(_ value: Real) -> Int16 {
            value.isNaN ? 0 : Int16(min(max(value, -32768), 32767))
        }
        var values = (0..<512).map { index in
            let position = least + Real(index) * step
            let value = rounded(function(position) * scale)
            let next = function(least + Real(index + 1) * step) * scale
            let middle = rounded(function(position + step / 2) * scale)
            let error = rounded((next + value) / 2) - middle
            return limited(value - rounded(error / 2))
        }
        values.append(limited(rounded(function(greatest) * scale)))
        self.values = values
    }

    /// The value for an element.
    package subscript(element: Int16) -> Int16 {
        let index = 256 + Int(element >> 7)
        let base = Int32(values[index])
        let slope = Int32(values[index + 1]) - base
        return Int16(truncatingIfNeeded: base + (slope * Int32(element & 0x7F) + 64) >> 7)
    }
}

/// The logistic function of 16-bit elements by interpolation in a table with steps of 1/24.
package struct LogisticTable: Sendable {
    /// `2^16 / (1 + exp(−i / 24))`, rounded, one more where `isAbove` says so.
    private static let values: [Int32] = (0..<256).map { index in
        let value = (0x1p16 / (1 + exp(-Double(index) / 24))).rounded()
        let isAbove = aboveNearest[index / 64] >> UInt64(index % 64) & 1
        return min(Int32(value) + Int32(isAbove), 65535)
    }

    /// The positions at which the table of the runtime is one above the nearest integer.
    private static let aboveNearest: [UInt64] = [
        0xC046_7BAE_FA7B_D110, 0x0011_0090_2044_0005, 0x0000_0000_0000_0080, 0x8000_0000_0000_0000,
    ]

    private let multiplier: Int32
    private let shift: Int32

    /// - Parameter scale: of the input.
    package init(scale: Float) {
        let exponent = Double(log2(scale))
        let power = exponent.rounded()
        if abs(exponent - power) < 1e-3, (-12 ... -11).contains(power) {
            multiplier = 3 << Int32(power + 12)
            shift = 0
            return
        }
        var (factor, places) = (Double(scale) * 4096 * 3, Int32(0))
        while factor <= 32767.0 / 2, places <= 30 {
            factor *= 2
            places += 1
        }
        multiplier = Int32(min(factor, 0x1p31 - 1))
        shift = places
    }

    private func scaled(_ element: Int32) -> Int32 {
        let half: Int64 = shift > 0 ? 1 << Int64(shift - 1) : 0
        return Int32(clamping: (Int64(element) * Int64(multiplier) + half) >> Int64(shift))
    }

    /// The magnitude's value between table entries that are `2^bits` apart, or `beyond` behind the table.
    private func interpolated(_ magnitude: Int64, bits: Int64, beyond: Int64) -> Int64 {
        let position = magnitude >> bits
        guard position < 255 else { return beyond }
        let base = Int64(LogisticTable.values[Int(position)])
        let next = Int64(LogisticTable.values[Int(position) + 1])
        return base << bits + (magnitude & (1 << bits - 1)) * (next - base)
    }

    /// The logistic function in steps of 1/32768.
    package func logistic(_ element: Int32) -> Int32 {
        let value = Int64(scaled(element))
        let result = interpolated(Int64(value.magnitude), bits: 9, beyond: 0x7FFF << 10)
        let rounded = value >= 0 ? result + 1 << 9 : 1 << 25 - result + 1 << 9 - 1
        return Int32(truncatingIfNeeded: rounded >> 10)
    }

    /// The hyperbolic tangent in steps of 1/32768.
    package func tanh(_ element: Int32) -> Int32 {
        let value = Int64(scaled(element))
        let result = interpolated(Int64(value.magnitude), bits: 8, beyond: 0xFFFF << 8)
        let rounded =
            value >= 0 ? result - 1 << 23 + 1 << 7 : -result + 1 << 23 + 1 << 7 - 1
        return Int32(truncatingIfNeeded: rounded >> 8)
    }
}
