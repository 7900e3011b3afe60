import Foundations

/// A linear map with a shift from rows of features to rows of targets.
package struct AffineFit {
    /// `[features, targets]`.
    package var weights: Matrix
    /// One for each target.
    package var shift: [Double]
}

/// Fits linear maps to rows of features and targets.
package struct LeastSquares {
    /// How firmly weights stay at their first guess, relative to the mean square of a feature.
    private static let ridge = 1e-4

    private let features: Matrix
    private let means: [Double]
    private let factor: Cholesky?
    private let threads: ThreadBudget

    /// Prepares fits from these features, a row for each observation.
    package init(_ features: Matrix, threads: ThreadBudget) {
        means = features.columnMeans
        self.features = features.subtracting(means)
        self.threads = threads
        var gram = self.features.transposedTimes(self.features, threads: threads)
        let trace = (0..<gram.rows).reduce(0) { $0 + gram[$1, $1] }
        let weight = max(Self.ridge * trace / Double(max(gram.rows, 1)), 1e-12)
        for i in 0..<gram.rows { gram[i, i] += weight }
        factor = Cholesky(gram)
    }

    /// The map from the features to targets with the least squared error, drawn a little towards a first guess.
    ///
    /// - Parameter guess: `[features, targets]`.
    package func fit(_ targets: Matrix, near guess: Matrix) -> AffineFit {
        let targetMeans = targets.columnMeans
        let centered = targets.subtracting(targetMeans)
        let rest = centered - features.times(guess, threads: threads)
        let change = factor.map {
            $0.solve(features.transposedTimes(rest, threads: threads))
        }
        let weights = change.map { guess + $0 } ?? guess
        let moved = Matrix(1, means.count, means).times(weights, threads: threads)
        return AffineFit(
            weights: weights, shift: zip(targetMeans, moved.elements).map { $0 - $1 })
    }
}
