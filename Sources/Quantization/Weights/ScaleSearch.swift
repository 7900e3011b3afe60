import Tensors

/// Chooses the scales with which rounded weights multiply real inputs nearly as unrounded ones do.
///
/// The least scale is the one at which the greatest magnitude of a slice becomes the greatest integer. It cuts nothing off, nor
/// does a greater one. Of 32 scales, the least and those up to a tenth greater, the search takes the one with the least
///
///     Σ error² + inputBias · (Σ error)²
///
/// over the elements of the slice. For independent inputs of variance 1 and mean √inputBias, this is the mean squared error of the
/// product.
package enum ScaleSearch {
    /// The square of the mean of an input by its variance: between 0 behind a layer normalization and 0.47 behind a ReLU of
    /// normally distributed numbers.
    private static let inputBias: Float = 0.25
    /// The elements of the greatest constants that are searched.
    ///
    /// Conversions stay fast so. Slices of greater constants are mostly long, and their errors average out.
    private static let mostElements = 1 << 16
    /// The multiples of the least scale that are tried, in vectors that processors compute with fast.
    private static let factors = [0, 16].map { first in
        SIMD16<Float>((first..<first + 16).map { 1 + Float($0) / 320 })
    }

    /// The same integers with better scales.
    ///
    /// - Parameters:
    ///   - storage: symmetric integers that cut nothing off. A storage without a scale for each slice along an axis is returned
    ///     unchanged, as is that of a constant that is too large.
    ///   - constant: the weights.
    package static func refined(_ storage: Storage, of constant: Constant) -> Storage {
        guard case .integer(let bits, let isSigned, let parameters) = storage,
            let axis = parameters.axis, parameters.blockLength == nil,
            constant.shape.elementCount <= mostElements
        else { return storage }
        var trials = parameters.scales.map { scale in factors.map { Trial(scale, $0) } }
        let length = constant.shape.strides[axis]
        constant.forEachBlock { values, start in
            var position = 0
            while position < values.count {
                let run = (start + position) / length
                let end = min((run + 1) * length - start, values.count)
                let part = UnsafeBufferPointer(rebasing: values[position..<end])
                for index in factors.indices { trials[run % trials.count][index].add(part) }
                position = end
            }
        }
        let scales = zip(parameters.scales, trials).map { $0 * bestFactor(of: $1) }
        return .integer(
            bits: bits, isSigned: isSigned,
            QuantizationParameters(scales: scales, zeroPoints: parameters.zeroPoints, axis: axis))
    }

    private static func bestFactor(of trials: [Trial]) -> Float {
        var best = (cost: Float.infinity, factor: Float(1))
        for trial in trials {
            let costs = trial.costs
            for index in costs.indices where costs[index] < best.cost {
                best = (costs[index], trial.factors[index])
            }
        }
        return best.factor
    }

    /// What rounding the elements of a slice with each of some scales costs.
    private struct Trial {
        /// The scales by the least one.
        let factors: SIMD16<Float>
        private let inverses: SIMD16<Float>
        /// Of the errors and their squares, in steps of each scale.
        private var sums = SIMD16<Float>.zero
        private var squares = SIMD16<Float>.zero

        init(_ leastScale: Float, _ factors: SIMD16<Float>) {
            self.factors = factors
            inverses = 1 / (leastScale * factors)
        }

        mutating func add(_ values: UnsafeBufferPointer<Double>) {
            // A sum with this number has no digits behind the point, so that adding and subtracting it rounds.
            let rounding = SIMD16<Float>(repeating: 0x1.8p23)
            var (sums, squares) = (sums, squares)
            for value in values {
                let steps = inverses * SIMD16<Float>(repeating: Float(value))
                let errors = (steps + rounding) - rounding - steps
                sums += errors
                squares += errors * errors
            }
            (self.sums, self.squares) = (sums, squares)
        }

        var costs: SIMD16<Float> { (squares + inputBias * sums * sums) * factors * factors }
    }
}
