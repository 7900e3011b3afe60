import Tensors

/// How far computed values are from the expected ones.
///
/// NaN matches NaN alone, and an infinity matches the infinity of its sign alone: any other pair in which a value is not
/// finite counts as a mismatch and makes both measures infinite, as does another count, shape or element type.
package struct Difference: Equatable, Sendable {
    /// The largest absolute difference.
    package private(set) var absolute = 0.0

    /// The largest difference relative to `spread`; 0 if all values are equal.
    package var relative: Double { absolute == 0 ? 0 : absolute / spread }

    /// The largest absolute difference relative to `magnitude`, which is how rounding of single operations grows; 0 if all values
    /// are equal.
    package var relativeToMagnitude: Double { absolute == 0 ? 0 : absolute / magnitude }

    /// The largest magnitude of the finite expected values.
    package private(set) var magnitude = Double.leastNormalMagnitude

    /// The standard deviation of the finite expected values, at least a thousandth of the largest magnitude; for values that
    /// are one but for rounding, that magnitude.
    package private(set) var spread = Double.leastNormalMagnitude

    /// How many pairs of values hold one that is not finite and does not match the other.
    package private(set) var mismatches = 0

    /// The difference of two lists of values.
    package init<Value: BinaryFloatingPoint>(_ actual: [Value], _ expected: [Value]) {
        guard actual.count == expected.count else {
            absolute = .infinity
            return
        }
        for (a, e) in zip(actual, expected) where a != e && !(a.isNaN && e.isNaN) {
            if a.isFinite && e.isFinite {
                absolute = max(absolute, abs(Double(a) - Double(e)))
            } else {
                mismatches += 1
            }
        }
        if mismatches > 0 { absolute = .infinity }
        let finite = expected.filter(\.isFinite).map { Double($0) }
        magnitude = max(finite.map(abs).max() ?? 0, magnitude)
        spread = Self.spread(finite, magnitude: magnitude)
    }

    /// The difference of two tensors.
    package init(_ actual: Tensor, _ expected: Tensor) {
        guard actual.shape == expected.shape, actual.dtype == expected.dtype else {
            self.init([0.0], [])
            return
        }
        self.init(Constant(actual).doubles(), Constant(expected).doubles())
    }

    private static func spread(_ values: [Double], magnitude: Double) -> Double {
        let count = Double(max(values.count, 1))
        let mean = values.reduce(0, +) / count
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        let isConstant = deviation <= 1e-5 * magnitude
        return max(deviation, (isConstant ? 1 : 1e-3) * magnitude)
    }
}
