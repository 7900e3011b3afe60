import Tensors

/// A value that differs by more than is accepted at once, and what rounding alone does to it.
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

    /// The outcome.
    ///
    /// - Parameters:
    ///   - tolerance: up to which part of the spread rounding may move a value that counts as judged.
    ///   - least: which part of the spread is accepted even if rounding does not explain it.
    func verdict(tolerance: Double, least: Double) -> Verdict {
        if isMisshapen { return .wrong(error: .infinity) }
        // The result itself is rounded, by a few units in the last place if functions are approximated.
        let magnitude = expected.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
        let limits = noise.limits(least: max(least * spread, 0x1p-21 * magnitude))
        let wrong = zip(errors, limits).compactMap { $0 <= $1 ? nil : $0 }
        if let worst = wrong.max() { return .wrong(error: worst / spread) }
        let judged = max(tolerance * spread, 0x1p-21 * magnitude)
        let count = zip(errors, limits).count { $1 <= judged || $0 <= tolerance * spread }
        let steps = rows.steps.map { (judged: count * $0 / max(limits.count, 1), all: $0) }
        return count == 0 ? .drowned : .right(steps: count < limits.count ? steps : nil)
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
