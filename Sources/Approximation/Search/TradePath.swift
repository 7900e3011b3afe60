import GraphIR

/// Choices ordered so that each step buys time for the least error.
struct TradePath {
    /// The candidates, each of which replaces an earlier one of the same layer.
    let steps: [RatedCandidate]

    /// The path through candidates that start with no change: for each layer those on the lower convex hull of error over saving,
    /// all layers merged by error per nanosecond.
    init(_ candidates: [RatedCandidate]) {
        let layers = Dictionary(grouping: candidates, by: \.site.node)
        var rises: [(slope: Double, step: RatedCandidate)] = []
        for node in layers.keys.sorted() {
            var (saving, error, slope) = (0.0, 0.0, 0.0)
            var open = layers[node] ?? []
            while true {
                open = open.filter { $0.saving > saving * (1 + 1e-9) && $0.saving > 0 }
                func rise(_ candidate: RatedCandidate) -> Double {
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
    func choices(after count: Int) -> [NodeID: RatedCandidate] {
        Dictionary(steps.prefix(count).map { ($0.site.node, $0) }, uniquingKeysWith: { $1 })
    }
}
