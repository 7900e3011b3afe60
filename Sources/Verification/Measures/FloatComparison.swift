import Foundations

/// How far floats are from what is expected, relative to the spread of these, found in one sweep.
///
/// Eight numbers are taken at a time. The spread is that of `LargestDifference` up to rounding.
enum FloatComparison {
    private typealias Lanes = SIMD8<Float>

    /// The largest difference relative to the spread of the expected floats; 0 if all bits are equal.
    static func relativeError(
        expected: [Float], actual: UnsafeBufferPointer<Float>
    ) -> Double {
        guard expected.count == actual.count else { return .infinity }
        let found = UnsafeRawBufferPointer(actual)
        return expected.withUnsafeBytes { e in
            if let (first, second) = e.baseAddress.flatMap({ e in
                found.baseAddress.map { (e, $0) }
            }), memcmp(first, second, e.count) != 0 {
                return swept(e, found) ?? careful(expected, Array(actual))
            }
            return 0
        }
    }

    private static func careful(_ expected: [Float], _ actual: [Float]) -> Double {
        var difference = LargestDifference()
        difference.add(expected: expected, actual: actual)
        return difference.relativeError
    }

    /// The relative error of floats that are finite on both sides; nil for others.
    private static func swept(
        _ expected: UnsafeRawBufferPointer, _ actual: UnsafeRawBufferPointer
    ) -> Double? {
        let width = Lanes.scalarCount
        let count = expected.count / MemoryLayout<Float>.stride
        // Few floats are not worth a sweep.
        guard count >= width else { return nil }
        let shift = expected.loadUnaligned(as: Float.self)
        var (most, least, largest, smallest) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
        var check = Lanes.zero
        var (sum, sumOfSquares) = (0.0, 0.0)
        var start = 0
        while start < count {
            var (partialSum, partialSquares) = (Lanes.zero, Lanes.zero)
            for index in stride(from: start, to: min(start + 256 * width, count), by: width) {
                // The last lanes overlap those before, which weights a few numbers twice.
                let offset = min(index, count - width) * MemoryLayout<Float>.stride
                let e = expected.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
                let a = actual.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
                let (difference, shifted) = (e - a, e - shift)
                // `pointwiseMax` takes one lane after the other.
                most.replace(with: difference, where: difference .> most)
                least.replace(with: difference, where: difference .< least)
                largest.replace(with: e, where: e .> largest)
                smallest.replace(with: e, where: e .< smallest)
                check += difference * 0
                partialSum += shifted
                partialSquares += shifted * shifted
            }
            sum += Double(partialSum.sum())
            sumOfSquares += Double(partialSquares.sum())
            start += 256 * width
        }
        guard check == .zero, sumOfSquares.isFinite else { return nil }
        let mean = sum / Double(count)
        let deviation = max(sumOfSquares / Double(count) - mean * mean, 0).squareRoot()
        let magnitude = max(largest.max(), -smallest.min())
        return Double(max(most.max(), -least.min()))
            / LargestDifference.spread(
                deviation: deviation, largestMagnitude: Double(magnitude))
    }
}
