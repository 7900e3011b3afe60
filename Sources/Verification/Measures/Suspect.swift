import Tensors

/// A value that differs by more than the tolerance, and what rounding alone does to it.
struct Suspect {
    let expected: [Double]
    let rows: Rows
    let spread: Double
    private let errors: [Double]
    /// Whether the file has another number of elements, which no rounding explains.
    private let isMisshapen: Bool
    private var noise: RoundingNoise

    /// A value of `shape` that was expected and what the file has instead.
    init(_ expected: [Double], _ actual: [Double], spread: Double, shape: Shape, blocks: [Int]) {
        self.expected = expected
        isMisshapen = expected.count != actual.count
        self.spread = spread
        rows = Rows(of: shape, blocks: blocks)
        errors = rows.largest(
            zip(expected, actual).map { $0 == $1 || ($0.isNaN && $1.isNaN) ? 0 : abs($0 - $1) })
        noise = RoundingNoise(rows)
    }

    /// Adds what a perturbed run gives.
    ///
    /// - Parameter unmoved: what the same run gives without perturbation; by default the expected value.
    mutating func add(unmoved: [Double]? = nil, perturbed: [Double]) {
        noise.add(unmoved ?? expected, perturbed)
    }

    /// The outcome for a tolerance relative to the spread.
    func verdict(tolerance: Double) -> Verdict {
        if isMisshapen { return .wrong(error: .infinity) }
        let limit = tolerance * spread
        let judged = noise.judged(limit: limit)
        let error = zip(errors, judged).map { $1 ? $0 : 0 }.max() ?? 0
        let count = judged.count { $0 }
        if !(error <= limit) { return .wrong(error: error / spread) }
        let steps = rows.steps.map { (judged: count * $0 / max(judged.count, 1), all: $0) }
        return count == 0 ? .drowned : .right(steps: count < judged.count ? steps : nil)
    }

    /// What can be said about a value.
    enum Verdict {
        /// It is right as far as rounding lets see.
        ///
        /// `steps`: over how many steps of a sequence that is, if not over all.
        case right(steps: (judged: Int, all: Int)?)
        /// It differs by more than rounding explains.
        case wrong(error: Double)
        /// Rounding moves all of it by more than the tolerance.
        case drowned
    }
}
