import Foundations

/// The singular vectors of a matrix that belong to its greatest singular values.
package struct SingularVectors {
    /// `[rows, count]`: left vectors, scaled by their singular values.
    package let left: Matrix
    /// `[columns, count]`: right vectors.
    package let right: Matrix

    /// The best approximation left · rightᵀ of a matrix by `count` products of vectors.
    ///
    /// From the eigenvectors of the smaller Gram matrix; singular values below 1e-8 of the greatest are lost in rounding.
    package init(_ matrix: Matrix, count: Int, threads: ThreadBudget) {
        if matrix.columns <= matrix.rows {
            let gram = matrix.transposedTimes(matrix, threads: threads)
            right = SymmetricEigenvectors(of: gram).vectors.columns(0..<min(count, gram.rows))
            left = matrix.times(right, threads: threads)
        } else {
            let turned = SingularVectors(matrix.transposed, count: count, threads: threads)
            // left · rightᵀ of the transpose, turned around: the scale moves to the other side, which no reader minds.
            left = turned.right
            right = turned.left
        }
    }
}
