import Tensors

/// The numbers that a value took on.
package struct ObservedRange: Sendable, Equatable {
    /// The smallest number.
    package var low: Double
    /// The greatest number.
    package var high: Double

    package init(_ low: Double, _ high: Double) {
        self.low = low
        self.high = high
    }

    /// The smallest range that holds both.
    func union(_ other: ObservedRange) -> ObservedRange {
        ObservedRange(min(low, other.low), max(high, other.high))
    }

    /// The range with 0 in it, which integers have to represent exactly.
    var includingZero: ObservedRange { ObservedRange(min(low, 0), max(high, 0)) }

    /// The greatest magnitude.
    var magnitude: Double { max(abs(low), abs(high)) }

    /// How far the ends are apart, 0 included.
    var width: Double { includingZero.high - includingZero.low }
}

/// Collects the range of one value over many samples.
struct RangeObserver: ValueObserver {
    /// The range of all finite numbers.
    private(set) var all = ObservedRange(.infinity, -.infinity)
    /// The range of the numbers that are not as large as those that masks are made of.
    private(set) var ordinary = ObservedRange(.infinity, -.infinity)
    /// How many elements were NaN or infinite.
    private(set) var nonFiniteCount = 0

    /// Numbers of this magnitude stand for infinity in masks of attention.
    private static let maskMagnitude: Float = 3e4

    /// Adds the elements of a float32 tensor.
    mutating func add(_ tensor: Tensor) {
        tensor.withBytes { bytes in
            let values = bytes.assumingMemoryBound(to: Float.self)
            var (low, high) = (Float.infinity, -Float.infinity)
            var (lowest, highest) = (Float.infinity, -Float.infinity)
            var nonFinite = 0
            for value in values {
                guard value.isFinite else {
                    nonFinite += 1
                    continue
                }
                lowest = min(lowest, value)
                highest = max(highest, value)
                guard abs(value) < Self.maskMagnitude else { continue }
                low = min(low, value)
                high = max(high, value)
            }
            nonFiniteCount += nonFinite
            all = all.union(ObservedRange(Double(lowest), Double(highest)))
            ordinary = ordinary.union(ObservedRange(Double(low), Double(high)))
        }
    }

    /// Adds what another observer saw.
    mutating func add(_ other: RangeObserver) {
        all = all.union(other.all)
        ordinary = ordinary.union(other.ordinary)
        nonFiniteCount += other.nonFiniteCount
    }

    /// The range; nil if integers cannot stand for the numbers: some are not finite, or stand for infinity beside ordinary
    /// ones.
    var range: ObservedRange? {
        guard nonFiniteCount == 0, all.low <= all.high else { return nil }
        let usual = ordinary.low <= ordinary.high ? ordinary.magnitude : 0
        return all.magnitude >= Double(Self.maskMagnitude) && all.magnitude > 100 * usual
            ? nil : all
    }
}
