import Evaluation
import Foundations
import GraphIR
import Tensors

/// Samples, and mixtures of two of them each, with what a graph makes of these.
///
/// Mixtures show a graph between the samples, where it has to behave like the other one, too (compare Zhang, Cissé, Dauphin and
/// Lopez-Paz 2018, "mixup: Beyond empirical risk minimization").
struct MixedSamples {
    /// How many mixtures there are for each sample at least, and at most if samples are few.
    private static let mixturesPerSample = 1...7
    /// How many samples and mixtures together are enough, and the most of them.
    private static let (enough, countLimit) = (4096, 16384)
    /// The most products that computing the targets may take.
    private static let productLimit = 1_000_000_000_000
    /// Bytes that the targets may take.
    private static let byteLimit = 256 << 20

    /// Two samples and the part of the first.
    private struct Mixture {
        var first: Int
        var second: Int
        var share: Float
    }

    private let samples: [[Tensor]]
    private let mixtures: [Mixture]
    /// For each mixture the values of the goals.
    let targets: [[Tensor]]

    /// - Parameters:
    ///   - graph: makes the targets.
    ///   - goals: values of the graph.
    /// - Throws: `Problem` if a sample cannot be run.
    init(
        _ samples: [[Tensor]], graph: Graph, goals: [ValueID], seed: UInt64, threads: ThreadBudget,
        check: () throws -> Void
    ) throws {
        let bytes = goals.reduce(0) {
            $0 + 4 * graph[$1].type.shape.resolvingFree().elementCount
        }
        let count = min(
            max(
                samples.count * (1 + Self.mixturesPerSample.lowerBound),
                min(samples.count * (1 + Self.mixturesPerSample.upperBound), Self.enough)),
            Self.countLimit,
            max(Self.byteLimit / max(bytes, 1), 1),
            max(Self.productLimit / max(graph.cost.multiplyAccumulates, 1), 1))
        var generator = SplitMix64(seed: seed)
        self.samples = samples
        let mixtures = (0..<count).map { index in
            index < samples.count
                ? Mixture(first: index, second: index, share: 1)
                : Mixture(
                    first: Int.random(in: 0..<samples.count, using: &generator),
                    second: Int.random(in: 0..<samples.count, using: &generator),
                    share: Float(generator.nextUnit()))
        }
        self.mixtures = mixtures
        var targets: [[Tensor]] = []
        // In parts, between which the work can be ended.
        for begin in stride(from: 0, to: count, by: Self.partCount) {
            try check()
            targets += try threads.map(
                min(Self.partCount, count - begin),
                with: { GraphEvaluator(graph, precision: .fast) }
            ) { evaluator, index in
                var values = [Tensor?](repeating: nil, count: goals.count)
                _ = try evaluator.run(Self.mixed(mixtures[begin + index], samples)) { id, tensor in
                    for (place, goal) in goals.enumerated() where goal == id {
                        values[place] = Tensor(tensor.array(of: Float.self), tensor.shape)
                    }
                }
                return values.compactMap { $0 }
            }
        }
        self.targets = targets
    }

    private static let partCount = 64

    var count: Int { mixtures.count }

    /// The inputs of a mixture.
    func inputs(_ index: Int) -> [Tensor] { Self.mixed(mixtures[index], samples) }

    /// Numbers are mixed; of anything else the larger part is taken.
    private static func mixed(_ mixture: Mixture, _ samples: [[Tensor]]) -> [Tensor] {
        let (share, rest) = (mixture.share, 1 - mixture.share)
        return zip(samples[mixture.first], samples[mixture.second]).map { first, second in
            guard first.dtype == .float32, first.shape == second.shape else {
                return share >= 0.5 ? first : second
            }
            guard rest > 0 else { return first }
            return Tensor(
                zip(first.array(of: Float.self), second.array(of: Float.self)).map {
                    share * $0 + rest * $1
                }, first.shape)
        }
    }
}
