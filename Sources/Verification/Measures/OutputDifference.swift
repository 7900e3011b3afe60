import Tensors

/// Collects how far outputs are from what is expected, over several runs.
package struct OutputDifference: Sendable {
    /// The name of the output.
    package let name: String
    private var count = 0.0
    private var sum = 0.0
    private var sumOfSquares = 0.0
    private var largestMagnitude = 0.0
    /// The largest absolute difference.
    package private(set) var maximumError = 0.0
    /// How well both sides agree if differences are meant.
    package private(set) var agreement = OutputAgreement()

    init(name: String) {
        self.name = name
    }

    /// Adds one run.
    ///
    /// NaN in the same place on both sides is not a difference; on one side it is an infinite one.
    ///
    /// - Parameter columns: the extent of the last axis.
    mutating func add(expected: [Double], actual: [Double], columns: Int = 1) {
        agreement.add(expected: expected, actual: actual, columns: columns)
        guard expected.count == actual.count else {
            maximumError = .infinity
            return
        }
        for (e, a) in zip(expected, actual) {
            if e == a || (e.isNaN && a.isNaN) {
                accumulate(e)
                continue
            }
            let error = abs(e - a)
            maximumError = max(maximumError, error.isNaN ? .infinity : error)
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

    /// Whether the expected values are one value up to rounding.
    package var isConstant: Bool {
        guard count > 0 else { return true }
        let mean = sum / count
        let deviation = max(sumOfSquares / count - mean * mean, 0).squareRoot()
        return deviation <= 1e-5 * largestMagnitude
    }

    /// Whether an output that is rounded on purpose agrees well enough.
    ///
    /// - Parameters:
    ///   - floor: the least signal to noise ratio in decibels of real numbers that vary.
    ///   - isInteger: whether the elements are integers, nine tenths of which have to be equal.
    func agrees(floor: Double, isInteger: Bool) -> Bool {
        if isInteger { return agreement.equalPart >= 0.9 }
        if isConstant { return maximumError <= largestMagnitude / 100 }
        return agreement.signalToNoise >= floor
    }

    /// The standard deviation of the expected values; for values that hardly vary, a thousandth of the largest.
    ///
    /// Values that vary by no more than single precision rounds count as one value, whose spread is its magnitude.
    package var spread: Double {
        guard count > 0 else { return 1 }
        let mean = sum / count
        let deviation = max(sumOfSquares / count - mean * mean, 0).squareRoot()
        let isConstant = deviation <= 1e-5 * largestMagnitude
        let floor = isConstant ? largestMagnitude : 1e-3 * largestMagnitude
        return max(deviation, floor, Double.leastNormalMagnitude)
    }

    /// The largest error relative to the spread.
    package var relativeError: Double { maximumError == 0 ? 0 : maximumError / spread }
}
