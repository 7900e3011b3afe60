import Foundations

/// The eigenvalues and eigenvectors of a symmetric matrix, greatest eigenvalue first.
///
/// Householder reduction to a tridiagonal matrix, then QL steps with implicit shifts (Golub and Van Loan, Matrix
/// Computations, §8.3).
package struct SymmetricEigenvectors {
    /// In falling order.
    package let values: [Double]
    /// A column for each eigenvalue; the columns are orthonormal.
    package let vectors: Matrix

    /// The decomposition of a symmetric matrix whose elements are finite.
    package init(of matrix: Matrix) {
        var tridiagonal = Tridiagonal(matrix)
        tridiagonal.diagonalize()
        let order = tridiagonal.diagonal.indices.sorted {
            let (a, b) = (tridiagonal.diagonal[$0], tridiagonal.diagonal[$1])
            return a == b ? $0 < $1 : a > b
        }
        values = order.map { tridiagonal.diagonal[$0] }
        let rows = tridiagonal.vectors
        vectors = Matrix(
            matrix.rows, matrix.rows,
            (0..<matrix.rows).flatMap { row in
                order.map { rows[$0 * matrix.rows + row] }
            })
    }
}

/// A tridiagonal matrix and the rotation that led to it.
private struct Tridiagonal {
    let size: Int
    var diagonal: [Double]
    /// Element i couples i and i + 1; the last is 0.
    var coupling: [Double]
    /// Row i is the vector of `diagonal[i]`.
    var vectors: [Double]

    init(_ matrix: Matrix) {
        size = matrix.rows
        diagonal = [Double](repeating: 0, count: size)
        coupling = diagonal
        vectors = matrix.elements
        reduce()
    }

    /// Reflects one row after the other until only neighbours are coupled, and collects the reflections in `vectors`.
    private mutating func reduce() {
        let n = size
        var a = vectors
        var reflections: [(start: Int, vector: [Double])] = []
        for k in 0..<max(n - 2, 0) {
            var v = (k + 1..<n).map { a[$0 * n + k] }
            let norm = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard norm > 0 else { continue }
            v[0] += v[0] < 0 ? -norm : norm
            let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
            v = v.map { $0 / length }
            Self.reflect(&a, n, by: v, from: k + 1)
            reflections.append((k + 1, v))
        }
        for i in 0..<n {
            diagonal[i] = a[i * n + i]
            coupling[i] = i + 1 < n ? a[(i + 1) * n + i] : 0
        }
        vectors = [Double](repeating: 0, count: n * n)
        for i in 0..<n { vectors[i * n + i] = 1 }
        // The transpose of H₁ · H₂ · …, whose rows are the basis in which the matrix is tridiagonal.
        for (start, v) in reflections.reversed() {
            for row in start..<n { Self.reflectRow(&vectors, row * n + start, by: v) }
        }
    }

    /// a ← H · a · H with H = 1 − 2vvᵀ on the indices from `start` on.
    private static func reflect(_ a: inout [Double], _ n: Int, by v: [Double], from start: Int) {
        var p = [Double](repeating: 0, count: n)
        for (j, value) in v.enumerated() {
            for column in 0..<n { p[column] += value * a[(start + j) * n + column] }
        }
        let overlap = zip(v, p[start...]).reduce(0) { $0 + $1.0 * $1.1 }
        for (j, value) in v.enumerated() {
            for column in 0..<n { a[(start + j) * n + column] -= 2 * value * p[column] }
        }
        // The rows are reflected; now the columns, whose product with v follows from p by symmetry.
        for row in 0..<n {
            var q = p[row]
            if row >= start { q -= 2 * v[row - start] * overlap }
            for (j, value) in v.enumerated() { a[row * n + start + j] -= 2 * q * value }
        }
    }

    private static func reflectRow(_ rows: inout [Double], _ offset: Int, by v: [Double]) {
        var product = 0.0
        for (j, value) in v.enumerated() { product += value * rows[offset + j] }
        for (j, value) in v.enumerated() { rows[offset + j] -= 2 * product * value }
    }

    /// The most QL steps for one eigenvalue; two or three are usual.
    private static let stepLimit = 60

    mutating func diagonalize() {
        for start in 0..<size {
            for _ in 0..<Self.stepLimit {
                var end = start
                while end + 1 < size {
                    let scale = abs(diagonal[end]) + abs(diagonal[end + 1])
                    if abs(coupling[end]) <= Double.ulpOfOne * scale { break }
                    end += 1
                }
                if end == start { break }
                step(from: start, to: end)
            }
        }
    }

    /// One QL step with an implicit shift on the block `start...end`.
    private mutating func step(from start: Int, to end: Int) {
        let gap = (diagonal[start + 1] - diagonal[start]) / (2 * coupling[start])
        let root = (gap * gap + 1).squareRoot()
        var g = diagonal[end] - diagonal[start] + coupling[start] / (gap + (gap < 0 ? -root : root))
        var (sine, cosine, p) = (1.0, 1.0, 0.0)
        for i in stride(from: end - 1, through: start, by: -1) {
            let f = sine * coupling[i]
            let b = cosine * coupling[i]
            let length = (f * f + g * g).squareRoot()
            coupling[i + 1] = length
            guard length > 0 else {
                diagonal[i + 1] -= p
                coupling[end] = 0
                return
            }
            (sine, cosine) = (f / length, g / length)
            g = diagonal[i + 1] - p
            let r = (diagonal[i] - g) * sine + 2 * cosine * b
            p = sine * r
            diagonal[i + 1] = g + p
            g = cosine * r - b
            rotate(i, i + 1, sine, cosine)
        }
        diagonal[start] -= p
        coupling[start] = g
        coupling[end] = 0
    }

    private mutating func rotate(_ a: Int, _ b: Int, _ sine: Double, _ cosine: Double) {
        vectors.withUnsafeMutableBufferPointer { rows in
            for column in 0..<size {
                let (x, y) = (rows[a * size + column], rows[b * size + column])
                rows[b * size + column] = sine * x + cosine * y
                rows[a * size + column] = cosine * x - sine * y
            }
        }
    }
}
