import Foundations
import Testing

import Approximation

@Suite("Matrices")
struct AlgebraTests {
    private static let threads = ThreadBudget(2)

    private static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
        var generator = SplitMix64(seed: seed)
        return Matrix(
            rows, columns, (0..<rows * columns).map { _ in generator.nextUnit() * 2 - 1 })
    }

    @Test("Products agree with sums written out")
    func products() {
        let (a, b) = (Self.random(17, 9, seed: 1), Self.random(17, 5, seed: 2))
        let product = a.transposedTimes(b, threads: Self.threads)
        let same = a.transposed.times(b, threads: Self.threads)
        for i in 0..<9 {
            for j in 0..<5 {
                let sum = (0..<17).reduce(0.0) { $0 + a[$1, i] * b[$1, j] }
                #expect(abs(product[i, j] - sum) < 1e-12)
                #expect(abs(same[i, j] - sum) < 1e-12)
            }
        }
    }

    @Test("Eigenvectors rebuild their matrix", arguments: [1, 2, 3, 8, 33, 90])
    func eigenvectors(size: Int) {
        let root = Self.random(size, size, seed: UInt64(size))
        let matrix = root.transposedTimes(root, threads: Self.threads)
        let found = SymmetricEigenvectors(of: matrix)
        #expect(found.values == found.values.sorted(by: >))
        for i in 0..<size {
            for j in 0..<size {
                let rebuilt = (0..<size).reduce(0.0) {
                    $0 + found.values[$1] * found.vectors[i, $1] * found.vectors[j, $1]
                }
                let overlap = (0..<size).reduce(0.0) {
                    $0 + found.vectors[$1, i] * found.vectors[$1, j]
                }
                #expect(abs(rebuilt - matrix[i, j]) < 1e-10 * Double(size))
                #expect(abs(overlap - (i == j ? 1 : 0)) < 1e-11)
            }
        }
    }

    @Test("Eigenvectors of a matrix of low rank and of equal eigenvalues")
    func degenerate() {
        let thin = Self.random(3, 12, seed: 5)
        let matrix = thin.transposedTimes(thin, threads: Self.threads)
        let found = SymmetricEigenvectors(of: matrix)
        #expect(found.values[2] > 0.1)
        #expect(found.values.dropFirst(3).allSatisfy { abs($0) < 1e-12 })
        var identity = Matrix(zeros: 6, 6)
        for i in 0..<6 { identity[i, i] = 2 }
        #expect(SymmetricEigenvectors(of: identity).values == [2, 2, 2, 2, 2, 2])
    }

    @Test("Singular vectors rebuild a matrix of their rank", arguments: [(20, 7), (7, 20)])
    func singularVectors(rows: Int, columns: Int) {
        let matrix = Self.random(rows, 3, seed: 1).times(
            Self.random(3, columns, seed: 2), threads: Self.threads)
        let found = SingularVectors(matrix, count: 3, threads: Self.threads)
        let rebuilt = found.left.times(found.right.transposed, threads: Self.threads)
        #expect((rebuilt - matrix).squaredNorm < 1e-18 * matrix.squaredNorm)
    }

    @Test("Least squares finds the map that made the targets")
    func leastSquares() {
        let features = Self.random(200, 6, seed: 3)
        let weights = Self.random(6, 4, seed: 4)
        let targets = features.times(weights, threads: Self.threads).subtracting([-1, 2, 0, 5])
        let fit = LeastSquares(features, threads: Self.threads)
            .fit(targets, near: Matrix(zeros: 6, 4))
        #expect((fit.weights - weights).squaredNorm < 1e-6 * weights.squaredNorm)
        for (a, b) in zip(fit.shift, [1.0, -2, 0, -5]) { #expect(abs(a - b) < 1e-3) }
        let exact = LeastSquares(features, threads: Self.threads).fit(targets, near: weights)
        #expect((exact.weights - weights).squaredNorm < 1e-20)
    }

    @Test("Equations with a positive definite matrix")
    func cholesky() throws {
        let root = Self.random(15, 15, seed: 7)
        let matrix = root.transposedTimes(root, threads: Self.threads)
        let solution = Self.random(15, 2, seed: 8)
        let right = matrix.times(solution, threads: Self.threads)
        let found = try #require(Cholesky(matrix)).solve(right)
        #expect((found - solution).squaredNorm < 1e-12 * solution.squaredNorm)
        var indefinite = Matrix(zeros: 2, 2)
        (indefinite[0, 1], indefinite[1, 0]) = (1, 1)
        #expect(Cholesky(indefinite) == nil)
    }
}
