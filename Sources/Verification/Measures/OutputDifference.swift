/// Collects how far outputs are from what is expected, over several runs.
package struct OutputDifference: Sendable {
    /// The name of the output.
    package let name: String
    private var largest = LargestDifference()
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
        largest.add(expected: expected, actual: actual)
    }

    /// The largest absolute difference.
    package var maximumError: Double { largest.error }

    /// Whether the expected values are one value up to rounding.
    package var isConstant: Bool { largest.isConstant }

    /// Whether an output that is rounded on purpose agrees well enough.
    ///
    /// - Parameters:
    ///   - floor: the least signal to noise ratio in decibels of real numbers that vary.
    ///   - isInteger: whether the elements are integers, nine tenths of which have to be equal.
    func agrees(floor: Double, isInteger: Bool) -> Bool {
        if isInteger { return agreement.equalPart >= 0.9 }
        if isConstant { return maximumError <= largest.largestMagnitude / 100 }
        return agreement.signalToNoise >= floor
    }

    /// The standard deviation of the expected values; for values that hardly vary, a thousandth of the largest.
    package var spread: Double { largest.spread }

    /// The largest error relative to the spread.
    package var relativeError: Double { largest.relativeError }
}
