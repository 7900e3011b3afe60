import Foundations
import Tensors

/// How often a value took on numbers, in bins of equal width over its range.
struct Histogram: ValueObserver {
    private let range: ObservedRange
    private(set) var counts: [Int]

    private static let binCount = 2048

    init(over range: ObservedRange) {
        self.range = range
        counts = [Int](repeating: 0, count: Self.binCount)
    }

    private var binWidth: Double { (range.high - range.low) / Double(Self.binCount) }

    /// Adds the elements of a float32 tensor that lie in the range.
    mutating func add(_ tensor: Tensor) {
        guard binWidth > 0 else { return }
        let (low, factor) = (range.low, 1 / binWidth)
        tensor.withBytes { bytes in
            for value in bytes.assumingMemoryBound(to: Float.self) {
                let place = (Double(value) - low) * factor
                guard place >= 0, place <= Double(Self.binCount) else { continue }
                counts[min(Int(place), Self.binCount - 1)] += 1
            }
        }
    }

    /// Adds what another histogram of the same range counted.
    mutating func add(_ other: Histogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
    }

    /// The range between the elements of rank 1 − `percent` and `percent` in a hundred, from either end.
    func range(percentile percent: Double) -> ObservedRange {
        let total = counts.reduce(0, +)
        let dropped = Int((Double(total) * (100 - percent) / 100).rounded(.down))
        func position(_ bins: some Sequence<Int>) -> Int {
            var sum = 0
            for (index, count) in bins.enumerated() {
                sum += count
                if sum > dropped { return index }
            }
            return 0
        }
        let low = position(counts)
        let high = position(counts.reversed())
        return ObservedRange(
            range.low + Double(low) * binWidth, range.high - Double(high) * binWidth)
    }

    /// The part of the range whose integers are nearest to the numbers on average, in the square.
    ///
    /// - Parameter levels: the number of integers.
    func rangeOfLeastError(levels: Int) -> ObservedRange {
        let full = range.includingZero
        guard full.high > full.low else { return range }
        var best = (error: Double.infinity, range: full)
        for low in Self.shrinkFactors where full.low < 0 || low == 1 {
            for high in Self.shrinkFactors where full.high > 0 || high == 1 {
                let candidate = ObservedRange(full.low * low, full.high * high)
                let error = meanSquaredError(candidate, levels: levels)
                if error < best.error { best = (error, candidate) }
            }
        }
        return best.range
    }

    /// Parts of an end of a range that are tried, from the whole down.
    private static let shrinkFactors = stride(from: 1.0, through: 0.3, by: -0.05).map { $0 }

    private func meanSquaredError(_ candidate: ObservedRange, levels: Int) -> Double {
        let scale = (candidate.high - candidate.low) / Double(levels - 1)
        let rounding = scale * scale / 12
        var sum = 0.0
        for (index, count) in counts.enumerated() where count > 0 {
            let center = range.low + (Double(index) + 0.5) * binWidth
            let beyond = max(candidate.low - center, center - candidate.high, 0)
            sum += Double(count) * (beyond * beyond + (beyond > 0 ? 0 : rounding))
        }
        return sum
    }
}
