/// The factor of a symmetric positive definite matrix, to solve equations with.
package struct Cholesky {
    private let lower: Matrix

    /// The factor L of A = L · Lᵀ; nil if the matrix is not positive definite.
    package init?(_ matrix: Matrix) {
        let n = matrix.rows
        var factor = matrix
        let isPositive = factor.elements.withUnsafeMutableBufferPointer { l -> Bool in
            for j in 0..<n {
                for k in 0..<j {
                    let value = l[j * n + k]
                    // Rows below are updated lazily, when they are reached.
                    l[j * n + j] -= value * value
                }
                guard l[j * n + j] > 0 else { return false }
                let pivot = l[j * n + j].squareRoot()
                l[j * n + j] = pivot
                for i in j + 1..<max(n, j + 1) {
                    var sum = l[i * n + j]
                    for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
                    l[i * n + j] = sum / pivot
                }
            }
            return true
        }
        guard isPositive else { return nil }
        lower = factor
    }

    /// X with A · X = `right`.
    package func solve(_ right: Matrix) -> Matrix {
        let (n, columns) = (lower.rows, right.columns)
        var x = right
        lower.elements.withUnsafeBufferPointer { l in
            x.elements.withUnsafeMutableBufferPointer { x in
                func subtract(_ factor: Double, row: Int, from target: Int) {
                    for c in 0..<columns {
                        x[target * columns + c] -= factor * x[row * columns + c]
                    }
                }
                func divide(_ row: Int) {
                    for c in 0..<columns { x[row * columns + c] /= l[row * n + row] }
                }
                for i in 0..<n {
                    for k in 0..<i { subtract(l[i * n + k], row: k, from: i) }
                    divide(i)
                }
                for i in (0..<n).reversed() {
                    for k in i + 1..<max(n, i + 1) { subtract(l[k * n + i], row: k, from: i) }
                    divide(i)
                }
            }
        }
        return x
    }
}
