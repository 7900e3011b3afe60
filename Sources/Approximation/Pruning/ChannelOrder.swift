import Foundations

/// Channels in the order in which they are kept, chosen so that the layer that reads them loses least if it makes up for the
/// others by combinations of those kept.
///
/// Keeping a channel takes out of the covariance what it explains; the next one is the channel that takes most out of what
/// reaches the results of the reader.
struct ChannelOrder {
    /// Best first.
    let channels: [Int]
    /// The part of the reader's variance that is lost if the first n are kept, for n from 0 to all.
    let errors: [Double]
    private let covariance: Matrix
    private static let ridge = 1e-4

    /// - Parameters:
    ///   - values: the channels at some places, a row for each.
    ///   - weights: of the reader, `[…, channels]`.
    init(values: Matrix, weights: Matrix, threads: ThreadBudget) {
        let count = values.columns
        let centered = values.subtracting(values.columnMeans)
        let covariance = centered.transposedTimes(centered, threads: threads)
        var rest = covariance
        var reach = weights.transposedTimes(weights, threads: threads).times(rest, threads: threads)
        func total() -> Double { (0..<count).reduce(0) { $0 + reach[$1, $1] } }
        let whole = max(total(), .leastNormalMagnitude)
        let least = (0..<count).reduce(0) { $0 + covariance[$1, $1] } / Double(max(count, 1)) * 1e-9
        var (channels, errors, open): ([Int], [Double], Set<Int>) = ([], [1], Set(0..<count))
        while !open.isEmpty {
            let gains = open.sorted().map { channel -> (gain: Double, channel: Int) in
                guard rest[channel, channel] > least else { return (0, channel) }
                let sum = (0..<count).reduce(0) { $0 + rest[channel, $1] * reach[$1, channel] }
                return (sum / rest[channel, channel], channel)
            }
            guard let best = gains.max(by: { ($0.gain, -$0.channel) < ($1.gain, -$1.channel) })
            else { break }
            open.remove(best.channel)
            channels.append(best.channel)
            if rest[best.channel, best.channel] > least {
                Self.takeOut(best.channel, &rest, &reach)
            }
            errors.append(min(max(total() / whole, 0), errors[errors.count - 1]))
        }
        self.covariance = covariance
        self.channels = channels
        self.errors = errors
    }

    /// Takes what a channel explains out of a covariance, and out of that times the reader's weights.
    private static func takeOut(_ channel: Int, _ rest: inout Matrix, _ reach: inout Matrix) {
        let count = rest.columns
        let row = (0..<count).map { rest[channel, $0] / rest[channel, channel] }
        let columns = (0..<count).map { (rest[$0, channel], reach[$0, channel]) }
        for i in 0..<count {
            for j in 0..<count {
                rest.elements[i * count + j] -= columns[i].0 * row[j]
                reach.elements[i * count + j] -= columns[i].1 * row[j]
            }
        }
    }

    /// The first channels in ascending order, and how they make up all channels: `[kept, all]`.
    func kept(_ count: Int) -> (channels: [Int], map: Matrix) {
        let kept = channels.prefix(count).sorted()
        let all = covariance.columns
        var (among, towards) = (Matrix(zeros: count, count), Matrix(zeros: count, all))
        let trace = kept.reduce(0) { $0 + covariance[$1, $1] }
        for (i, row) in kept.enumerated() {
            for (j, column) in kept.enumerated() { among[i, j] = covariance[row, column] }
            among[i, i] += max(Self.ridge * trace / Double(max(count, 1)), 1e-12)
            for column in 0..<all { towards[i, column] = covariance[row, column] }
        }
        var map = Cholesky(among)?.solve(towards) ?? Matrix(zeros: count, all)
        for (i, row) in kept.enumerated() {
            for j in 0..<count { map[j, row] = i == j ? 1 : 0 }
        }
        return (kept, map)
    }
}
