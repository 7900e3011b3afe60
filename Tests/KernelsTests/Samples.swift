import Foundations
import Kernels
import TestSupport
import Tensors
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

/// Expects two results to differ by at most `tolerance` of the second's largest magnitude.
func expectClose(
    _ actual: [Float], _ expected: [Float], within tolerance: Double = 1e-5,
    _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    let error = Difference(actual, expected).relativeToMagnitude
    #expect(
        error <= tolerance, "\(what) \(Combination.current)", sourceLocation: sourceLocation)
}

/// Shapes of matrices to be multiplied, in one of four forms of batches and transposed or not, as `seed` says.
func batchedMatrices(
    _ seed: Int, _ rows: Int, _ depth: Int, _ columns: Int
) throws -> (left: Shape, right: Shape, parameters: BatchMatMulParameters) {
    let (adjointA, adjointB) = (seed % 2 == 1, seed / 2 % 2 == 1)
    let batches: [([Int], [Int])] = [([], []), ([3], [3]), ([2, 3], [3]), ([2, 1], [1, 2])]
    let (first, second) = batches[seed / 4 % 4]
    let left = Shape(first + (adjointA ? [depth, rows] : [rows, depth]))
    let right = Shape(second + (adjointB ? [columns, depth] : [depth, columns]))
    let parameters = try #require(
        BatchMatMulParameters(a: left, b: right, adjointA: adjointA, adjointB: adjointB))
    return (left, right, parameters)
}
