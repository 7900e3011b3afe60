import Tensors

/// The largest difference of two tensors relative to the standard deviation of the expected values.
func relativeError(_ actual: Tensor, _ expected: Tensor) -> Double {
    let (a, e) = (Constant(actual).doubles(), Constant(expected).doubles())
    guard a.count == e.count else { return .infinity }
    let mean = e.reduce(0, +) / Double(max(e.count, 1))
    let variance = e.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(e.count, 1))
    let error = zip(a, e).map { abs($0 - $1) }.reduce(0) { $0 >= $1 ? $0 : $1 }
    return error / max(variance.squareRoot(), 1e-30)
}
