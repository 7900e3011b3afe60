import Cost
import Foundations
import GraphIR
import Problems
import Quantization
import Tensors

/// Replaces parts of a graph by cheaper ones that compute nearly the same, until a measured error is spent.
///
/// One half of the samples serves to fit, the other to judge. The result depends on nothing but graph, samples, settings and seed.
package struct Approximation {
    /// What is allowed.
    package struct Settings: Sendable {
        /// The greatest accepted error, as `ApproximationError` measures it.
        package var budget: Double
        package var families = Set(ApproximationFamily.allCases)
        package var seed: UInt64 = 1

        package init(budget: Double) {
            self.budget = budget
        }
    }

    /// A layer that was replaced.
    package struct Change: Sendable {
        package var layer: String
        package var rewrite: String
        package var before: StageCost
        package var after: StageCost
        /// The root mean square error that it alone was predicted to add, relative to the spread of the outputs.
        package var error: Double
    }

    /// What was done.
    package struct Result: Sendable {
        package var graph: Graph
        package var changes: [Change]
        /// The error on the samples that judge.
        package var error: Double
        package var fitCount: Int
        /// The samples that judge.
        package var judging: [[Tensor]]
        /// Measures other graphs and files on the samples that judge.
        package var measure: ApproximationError
    }

    /// The most samples that candidates are rated with.
    private static let ratingCount = 24
    /// Bytes that the values of all samples may take while layers are fitted.
    private static let byteLimit = 512 << 20

    private let settings: Settings
    private let costs: CostModel
    private let threads: ThreadBudget

    package init(_ settings: Settings, costs: CostModel, threads: ThreadBudget) {
        self.settings = settings
        self.costs = costs
        self.threads = threads
    }

    /// The cheapest graph found whose error stays within the budget.
    ///
    /// - Parameters:
    ///   - graph: an optimized graph; clamps that are fused into operations are taken out.
    ///   - truth: the right class of each sample, to count lost answers instead of measuring outputs.
    ///   - progress: is told which part is done, 0…1; what it throws ends the work.
    /// - Throws: `Problem` if the samples are too few or cannot be run.
    package func run(
        on graph: Graph, samples: any SampleSource, truth: [Int]?,
        progress: (Double) throws -> Void = { _ in }
    ) throws -> Result {
        let halves = try SampleHalves(samples, graph, byteLimit: Self.byteLimit)
        let judge = try ApproximationError(
            of: graph, on: halves.judge, truth: truth.map(halves.judgeRows), threads: threads)
        let none = Result(
            graph: graph, changes: [], error: 0, fitCount: halves.fit.count,
            judging: halves.judge, measure: judge)
        guard settings.budget > 0 else { return none }
        let open = try graph.withoutFusedClamps()
        let sites = try self.sites(of: open)
        guard !sites.isEmpty else { return none }
        let rated = try SiteErrors(
            graph: open, samples: Array(halves.fit.prefix(Self.ratingCount)), seed: settings.seed,
            threads: threads
        ).rated(sites) { try progress($0 * 0.4) }
        let path = TradePath(rated)
        let reconstruction = Reconstruction(
            graph: open, samples: halves.fit, seed: settings.seed, threads: threads)
        let rounds = Double(path.steps.count.bitWidth - path.steps.count.leadingZeroBitCount) + 1
        var (best, round, accepted, refused) = (none, 0.0, 0, path.steps.count + 1)
        while refused - accepted > 1 {
            // The whole path is tried in the middle first: reaching its end would leave little of most models.
            let count = (accepted + refused) / 2
            let choices = path.choices(after: count)
            let candidate = try reconstruction.graph(with: choices.mapValues(\.candidate)) {
                try progress(min(0.4 + 0.6 * round / rounds, 1))
            }
            let error = try judge.error(of: candidate)
            if error <= settings.budget {
                accepted = count
                best = none
                best.graph = candidate
                best.error = error
                best.changes = changes(choices)
            } else {
                refused = count
            }
            round += 1
        }
        return best
    }

    private func changes(_ choices: [NodeID: RatedCandidate]) -> [Change] {
        choices.values.sorted { $0.site.node < $1.site.node }.map {
            Change(
                layer: $0.site.layer, rewrite: $0.candidate.name, before: $0.site.cost,
                after: $0.candidate.cost, error: $0.squaredError.squareRoot())
        }
    }

    private func sites(of graph: Graph) throws -> [ApproximationSite] {
        let linear = LinearCandidates(
            families: settings.families, costs: costs, residentBytes: graph.cost.parameterBytes)
        let functions = FunctionCandidates(costs: costs)
        return try graph.nodes.compactMap { node in
            if let site = try linear.site(node, in: graph) { return site }
            guard settings.families.contains(.activation) else { return nil }
            let site = try functions.site(node, in: graph)
            return site?.candidates.isEmpty == false ? site : nil
        }
    }
}
