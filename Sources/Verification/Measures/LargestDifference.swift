/// Collects how far numbers are from what is expected.
struct LargestDifference: Sendable {
    private var count = 0.0
    private var sum = 0.0
    private var sumOfSquares = 0.0
    private(set) var largestMagnitude = 0.0
    /// The largest absolute difference.
    private(set) var error = 0.0

    /// Adds numbers.
    ///
    /// NaN in the same place on both sides is not a difference; on one side it is an infinite one.
    mutating func add(expected: [some BinaryFloatingPoint], actual: [some BinaryFloatingPoint]) {
        guard expected.count == actual.count else {
            error = .infinity
            return
        }
        for (e, a) in zip(expected, actual) {
            let (e, a) = (Double(e), Double(a))
            if e != a, !(e.isNaN && a.isNaN) {
                let difference = abs(e - a)
                error = max(error, difference.isNaN ? .infinity : difference)
            }
            accumulate(e)
        }
    }

    private mutating func accumulate(_ value: Double) {
        guard value.isFinite else { return }
        count += 1
        sum += value
        sumOfSquares += value * value
        largestMagnitude = max(largestMagnitude, abs(value))
    }

    private var deviation: Double {
        let mean = sum / max(count, 1)
        return max(sumOfSquares / max(count, 1) - mean * mean, 0).squareRoot()
    }

    /// Whether the expected numbers are one number up to rounding.
    var isConstant: Bool { deviation <= 1e-5 * largestMagnitude }

    /// The standard deviation of the expected numbers; for numbers that hardly vary, a thousandth of the largest.
    ///
    /// Numbers that vary by no more than single precision rounds count as one number, whose spread is its magnitude.
    var spread: Double {
        count > 0 ? Self.spread(deviation: deviation, largestMagnitude: largestMagnitude) : 1
    }

    /// The spread of numbers with this standard deviation; not so small that floats without full precision count.
    static func spread(deviation: Double, largestMagnitude: Double) -> Double {
        let isConstant = deviation <= 1e-5 * largestMagnitude
        let floor = isConstant ? largestMagnitude : 1e-3 * largestMagnitude
        return max(deviation, floor, 0x1p20 * Double(Float.leastNormalMagnitude))
    }

    /// The largest difference relative to the spread.
    var relativeError: Double { error == 0 ? 0 : error / spread }
}
