import Foundations
import Tensors

/// Collects how well outputs agree that are rounded on purpose, over several runs.
package struct OutputAgreement: Sendable {
    private var product = 0.0
    private var expectedSquares = 0.0
    private var actualSquares = 0.0
    private var errorSquares = 0.0
    private var count = 0
    private var equalCount = 0
    private var rowCount = 0
    private var agreeingRowCount = 0

    /// Adds one run.
    ///
    /// - Parameter columns: the extent of the last axis, over which scores of classes lie.
    mutating func add(expected: [Double], actual: [Double], columns: Int) {
        guard expected.count == actual.count else {
            errorSquares = .infinity
            return
        }
        for (e, a) in zip(expected, actual) where e.isFinite || a.isFinite {
            product += e * a
            expectedSquares += e * e
            actualSquares += a * a
            errorSquares += (e - a) * (e - a)
            count += 1
            if e == a { equalCount += 1 }
        }
        guard columns > 1 else { return }
        for row in stride(from: 0, to: expected.count - columns + 1, by: columns) {
            rowCount += 1
            let range = row..<row + columns
            if Self.greatest(expected[range]) == Self.greatest(actual[range]) {
                agreeingRowCount += 1
            }
        }
    }

    private static func greatest(_ scores: ArraySlice<Double>) -> Int? {
        scores.indices.max { scores[$0] < scores[$1] }
    }

    /// The signal to quantization noise ratio, 10 · log₁₀(Σ expected² / Σ difference²), in decibels.
    package var signalToNoise: Double {
        guard errorSquares != 0 else { return .infinity }
        let ratio = 10 * log10(expectedSquares / errorSquares)
        return ratio.isNaN ? -.infinity : ratio
    }

    /// The cosine of the angle between both outputs as vectors.
    package var cosine: Double {
        let norm = (expectedSquares * actualSquares).squareRoot()
        return norm > 0 ? product / norm : 1
    }

    /// The part of the rows whose greatest element is at the same place; nil for outputs of one element in a row.
    package var topAgreement: Double? {
        rowCount == 0 ? nil : Double(agreeingRowCount) / Double(rowCount)
    }

    /// The part of the elements that are equal.
    package var equalPart: Double { count == 0 ? 1 : Double(equalCount) / Double(count) }
}
