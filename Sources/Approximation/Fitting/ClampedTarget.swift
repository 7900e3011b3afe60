import Tensors

/// What a layer computed, seen through the clamp that follows: how far below zero a ReLU's input lies does not matter.
///
/// Targets for a linear fit follow as in Zhang et al. 2015, §3.2: for each element the number that minimizes
/// (clamp(z) − clamp(target))² + λ · (z − prediction)², with λ growing from fit to fit.
struct ClampedTarget {
    private let target: Matrix
    private let clamp: Clamp

    init(_ target: Matrix, _ clamp: Clamp) {
        self.target = target
        self.clamp = clamp
    }

    /// How firmly the targets of each round stay at the prediction; empty without a clamp.
    var weights: [Double] { clamp == .none ? [] : [0.01, 0.1, 1] }

    /// The target of the next fit.
    func target(for prediction: Matrix, weight: Double) -> Matrix {
        let (lower, upper) = (Double(clamp.lower), Double(clamp.upper))
        var result = target
        for index in result.elements.indices {
            let (wanted, guess) = (
                min(max(target.elements[index], lower), upper), prediction.elements[index]
            )
            func loss(_ z: Double) -> Double {
                let difference = min(max(z, lower), upper) - wanted
                let distance = z - guess
                return difference * difference + weight * distance * distance
            }
            var best = min(max((wanted + weight * guess) / (1 + weight), lower), upper)
            for z in [min(guess, lower), max(guess, upper)] where z.isFinite && loss(z) < loss(best)
            {
                best = z
            }
            result.elements[index] = best
        }
        return result
    }

    /// The squared difference of a prediction behind the clamp, relative to the variance of the target there.
    func squaredError(of prediction: Matrix) -> Double {
        let wanted = clamped(target)
        let variance = wanted.subtracting(wanted.columnMeans).squaredNorm
        let error = (clamped(prediction) - wanted).squaredNorm
        return variance > 0 ? error / variance : (error > 0 ? 1 : 0)
    }

    private func clamped(_ matrix: Matrix) -> Matrix {
        let (lower, upper) = (Double(clamp.lower), Double(clamp.upper))
        return Matrix(
            matrix.rows, matrix.columns, matrix.elements.map { min(max($0, lower), upper) })
    }
}
