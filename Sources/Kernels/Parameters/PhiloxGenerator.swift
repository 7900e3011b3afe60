import Foundations

/// Random numbers from a counter that is encrypted with a key: Philox 4×32 with ten rounds.
///
/// Equal seeds give equal numbers, those of TensorFlow.
package struct PhiloxGenerator: Sendable {
    private var counter: SIMD4<UInt32>
    private let key: SIMD2<UInt32>

    /// A generator at its start.
    package init(seed: UInt64, secondSeed: UInt64) {
        key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        counter = SIMD4(
            0, 0, UInt32(truncatingIfNeeded: secondSeed),
            UInt32(truncatingIfNeeded: secondSeed >> 32))
    }

    /// The next four numbers.
    package mutating func next() -> SIMD4<UInt32> {
        var (block, key) = (counter, key)
        for _ in 0..<10 {
            let a = block[0].multipliedFullWidth(by: 0xD251_1F53)
            let b = block[2].multipliedFullWidth(by: 0xCD9E_8D57)
            block = SIMD4(b.high ^ block[1] ^ key[0], b.low, a.high ^ block[3] ^ key[1], a.low)
            key &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
        }
        for digit in 0..<4 {
            counter[digit] &+= 1
            if counter[digit] != 0 { break }
        }
        return block
    }

    /// Sets numbers to values in [0, 1) that are equally likely.
    package mutating func uniform(_ numbers: UnsafeMutableBufferPointer<Float>) {
        for first in stride(from: 0, to: numbers.count, by: 4) {
            let block = next()
            for index in first..<min(first + 4, numbers.count) {
                numbers[index] = Self.fraction(block[index - first])
            }
        }
    }

    /// Sets numbers to values of mean 0 and variance 1, distributed normally.
    package mutating func normal(_ numbers: UnsafeMutableBufferPointer<Float>) {
        for first in stride(from: 0, to: numbers.count, by: 4) {
            let block = next()
            for index in first..<min(first + 4, numbers.count) {
                let pair = (index - first) / 2 * 2
                let radius = (-2 * logf(max(Self.fraction(block[pair]), 1e-7))).squareRoot()
                let angle = 2 * Float.pi * Self.fraction(block[pair + 1])
                numbers[index] = radius * ((index - first) % 2 == 0 ? sinf(angle) : cosf(angle))
            }
        }
    }

    /// Draws classes, each as often as its probability says, and hands them to `body` one after the other.
    ///
    /// - Parameters:
    ///   - logits: rows of the logarithms of probabilities, up to a constant; classes that are not finite are not drawn.
    ///   - samples: how many classes are drawn for each row.
    package mutating func drawClasses(
        _ logits: UnsafeBufferPointer<Float>, rows: Int, samples: Int, _ body: (Int) -> Void
    ) {
        var (draw, drawn) = (self, [Double]())
        let count = rows == 0 ? 0 : logits.count / rows
        for row in 0..<rows {
            let values = logits[row * count..<(row + 1) * count]
            let greatest = Double(values.filter(\.isFinite).max() ?? 0)
            var total = 0.0
            let sums = values.map { value in
                if value.isFinite { total += exp(Double(value) - greatest) }
                return total
            }
            for _ in 0..<samples {
                if drawn.isEmpty {
                    let block = draw.next()
                    drawn = [Self.wideFraction(block.highHalf), Self.wideFraction(block.lowHalf)]
                }
                body(Self.firstPosition(above: drawn.removeLast() * total, in: sums))
            }
        }
        skip(UInt64(rows) &* UInt64((samples + 3) / 4 * 4) &* 512)
    }

    private static func firstPosition(above value: Double, in ascending: [Double]) -> Int {
        var (low, high) = (0, ascending.count)
        while low < high {
            let middle = (low + high) / 2
            if ascending[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Leaves out blocks of four numbers.
    private mutating func skip(_ blocks: UInt64) {
        let present = UInt64(counter[1]) << 32 | UInt64(counter[0])
        let (sum, overflow) = present.addingReportingOverflow(blocks)
        counter[0] = UInt32(truncatingIfNeeded: sum)
        counter[1] = UInt32(truncatingIfNeeded: sum >> 32)
        guard overflow else { return }
        counter[2] &+= 1
        if counter[2] == 0 { counter[3] &+= 1 }
    }

    /// A number in [0, 1) of 52 random bits.
    private static func wideFraction(_ bits: SIMD2<UInt32>) -> Double {
        Double(bitPattern: 1023 << 52 | UInt64(bits[0] & 0xF_FFFF) << 32 | UInt64(bits[1])) - 1
    }

    /// A number in [0, 1) of 23 random bits.
    private static func fraction(_ bits: UInt32) -> Float {
        Float(bitPattern: 127 << 23 | bits & 0x7F_FFFF) - 1
    }
}
