import Foundations
import GraphIR

/// Choices ordered so that each step buys time for the least error.
struct TradePath<Choice: Trade> {
    /// The choices, each of which replaces an earlier one at the same place.
    let steps: [Choice]

    /// The path through candidates that start with no change: for each layer those on the lower convex hull of error over saving,
    /// all layers merged by error per nanosecond.
    init(_ candidates: [Choice]) {
        let layers = Dictionary(grouping: candidates, by: \.place)
        var rises: [(slope: Double, step: Choice)] = []
        for node in layers.keys.sorted() {
            var (saving, error, slope) = (0.0, 0.0, 0.0)
            var open = layers[node] ?? []
            while true {
                open = open.filter { $0.saving > saving * (1 + 1e-9) && $0.saving > 0 }
                func rise(_ candidate: Choice) -> Double {
                    max(candidate.squaredError - error, 0) / (candidate.saving - saving)
                }
                guard let best = open.min(by: { (rise($0), -$0.saving) < (rise($1), -$1.saving) })
                else { break }
                slope = max(slope, rise(best))
                rises.append((slope, best))
                (saving, error) = (best.saving, max(best.squaredError, error))
            }
        }
        // Stable, so that the steps of a layer stay in their order.
        steps = rises.enumerated().sorted {
            ($0.element.slope, $0.offset) < ($1.element.slope, $1.offset)
        }
        .map(\.element.step)
    }

    /// What is chosen after the first `count` steps.
    func choices(after count: Int) -> [NodeID: Choice] {
        Dictionary(steps.prefix(count).map { ($0.place, $0) }, uniquingKeysWith: { $1 })
    }

    /// The farthest place on the path that bisection finds acceptable, and what was made of it; nil if none is.
    ///
    /// - Parameter attempt: what becomes of the graph with these choices; nil if it is not acceptable.
    func farthest<Result>(
        _ attempt: ([NodeID: Choice]) throws -> Result?
    ) rethrows -> Result? {
        var (best, accepted, refused): (Result?, Int, Int) = (nil, 0, steps.count + 1)
        while refused - accepted > 1 {
            // The whole path is tried in the middle first: reaching its end would leave little of most models.
            let count = (accepted + refused) / 2
            let result = try attempt(choices(after: count))
            if let result {
                (best, accepted) = (result, count)
            } else {
                refused = count
            }
        }
        return best
    }

    /// How many attempts bisection makes.
    var attempts: Int { steps.count.bitWidth - steps.count.leadingZeroBitCount + 1 }
}
