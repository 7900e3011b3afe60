/// Adapts the steps of weights to their gradients (Kingma and Ba 2015, "Adam: A method for stochastic optimization").
///
/// A rate is relative to the root mean square of the weights of an array, so that layers of any scale move alike.
struct Adam {
    private static let firstDecay: Float = 0.9
    private static let secondDecay: Float = 0.999
    /// The least root mean square that counts, relative to the largest of all arrays.
    private static let leastScale: Float = 1e-3

    private(set) var weights: [[Float]]
    private var means: [[Float]]
    private var squares: [[Float]]
    private let scales: [Float]
    /// What the decays leave of the zeros that means and squares started with.
    private var (meanRest, squareRest): (Float, Float) = (1, 1)

    init(_ weights: [[Float]]) {
        self.weights = weights
        means = weights.map { [Float](repeating: 0, count: $0.count) }
        squares = means
        let sizes = weights.map { weights in
            (weights.reduce(0) { $0 + $1 * $1 } / Float(max(weights.count, 1))).squareRoot()
        }
        let least = Self.leastScale * (sizes.max() ?? 0)
        scales = sizes.map { max($0, least) }
    }

    /// Moves all weights against their gradients, which must be finite.
    mutating func move(_ gradients: [[Float]], rate: Float) {
        let (a, b) = (Self.firstDecay, Self.secondDecay)
        (meanRest, squareRest) = (meanRest * a, squareRest * b)
        let correction = (1 - squareRest).squareRoot() / (1 - meanRest)
        for array in weights.indices {
            let size = rate * scales[array] * correction
            means[array].withUnsafeMutableBufferPointer { means in
                for (index, gradient) in gradients[array].enumerated() {
                    means[index] = a * means[index] + (1 - a) * gradient
                }
            }
            squares[array].withUnsafeMutableBufferPointer { squares in
                for (index, gradient) in gradients[array].enumerated() {
                    squares[index] = b * squares[index] + (1 - b) * gradient * gradient
                }
            }
            let (means, squares) = (means[array], squares[array])
            weights[array].withUnsafeMutableBufferPointer { weights in
                for index in weights.indices {
                    weights[index] -= size * means[index] / (squares[index].squareRoot() + 1e-12)
                }
            }
        }
    }
}
