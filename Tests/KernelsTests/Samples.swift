import Foundations
import Kernels
import TestSupport
import Testing

extension SplitMix64 {
    /// Floats spread evenly over `range`.
    mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }
}

/// A fresh array that `fill` writes; it starts as a value no kernel should leave behind.
func filled(_ count: Int, _ fill: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
    let unwritten: Float = 7.25e33
    var values = [Float](repeating: unwritten, count: count + 1)
    values.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        fill(base)
    }
    #expect(values[count] == unwritten, "written past the end, \(Combination.current)")
    return Array(values.prefix(count))
}

/// The greatest difference between two results relative to the spread of the second and zero.
func relativeError(_ actual: [Float], _ expected: [Float]) -> Float {
    guard actual.count == expected.count else { return .infinity }
    var (least, greatest, worst) = (Float(0), Float(0), Float(0))
    for (a, e) in zip(actual, expected) {
        if a.isNaN != e.isNaN { return .infinity }
        if a.isNaN || a == e { continue }
        worst = max(worst, abs(a - e))
    }
    if worst == 0 { return 0 }
    for e in expected where e.isFinite {
        least = min(least, e)
        greatest = max(greatest, e)
    }
    return worst / max(greatest - least, .leastNormalMagnitude)
}

/// Expects two results to differ by at most `tolerance` of the second's spread.
func expectClose(
    _ actual: [Float], _ expected: [Float], within tolerance: Float = 1e-5,
    _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    let error = relativeError(actual, expected)
    #expect(
        error <= tolerance, "\(what) \(Combination.current)", sourceLocation: sourceLocation)
}
