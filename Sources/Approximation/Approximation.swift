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

    /// What was done.
    package struct Result: Sendable {
        package var graph: Graph
        package var changes: [LayerChange]
        /// The error on the samples that judge.
        package var error: Double
        package var fitCount: Int
        /// The samples that judge.
        package var judging: [[Tensor]]
        /// Measures other graphs and files on the samples that judge.
        package var measure: ApproximationError
        /// Predicted nanoseconds of a run.
        var saving: Double { changes.reduce(0) { $0 + $1.before.time - $1.after.time } }
    }

    /// The most samples that candidates are rated with.
    private static let ratingCount = 24
    /// The part of the budget that channels may take before other rewrites are tried.
    private static let pruningShare = 0.5
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
        let jury = try Jury(
            graph, halves, truth: truth, budget: settings.budget, threads: threads)
        let none = Result(
            graph: graph, changes: [], error: 0, fitCount: halves.fit.count,
            judging: halves.judge, measure: jury.judge)
        guard settings.budget > 0 else { return none }
        let open = try graph.withoutFusedClamps()
        var start = none
        start.graph = open
        var bases = settings.families.contains(.prune) ? [start] : []
        if settings.families.contains(.spacetodepth), let blocks = try inBlocks(start) {
            bases.append(blocks)
        }
        let parts = Double(bases.count + 1)
        var best = try replaced(start, halves.fit, jury) { try progress($0 / parts) }
        for (index, base) in bases.enumerated() {
            let done = Double(index + 1)
            let fewer = try pruned(base, halves.fit, jury) { try progress(done / parts) }
            guard let fewer else { continue }
            let found = try replaced(fewer, halves.fit, jury) { try progress((done + $0) / parts) }
            if found.saving > best.saving { best = found }
        }
        return best.changes.isEmpty ? none : best
    }

    /// The graph with its largest region on blocks of pixels, which costs more until channels are left out; nil if there is none.
    private func inBlocks(_ start: Result) throws -> Result? {
        let regions = PhaseRegion.all(in: start.graph).map {
            (nodes: $0, cost: StageCost(of: $0.nodes, in: start.graph, costs: costs))
        }
        guard let largest = regions.max(by: { $0.cost.time < $1.cost.time }) else { return nil }
        var result = start
        result.graph = try largest.nodes.applied(to: start.graph)
        let whole = [start.graph, result.graph].map {
            StageCost(of: $0.nodes, in: $0, costs: costs)
        }
        var after = largest.cost
        after.time += whole[1].time - whole[0].time
        after.multiplyAccumulates += whole[1].multiplyAccumulates - whole[0].multiplyAccumulates
        let layers = largest.nodes.nodes.map(\.layer)
        result.changes.append(
            LayerChange(
                layer: "\(layers[0]) … \(layers[layers.count - 1])",
                rewrite: "blocks of 2×2 as channels", before: largest.cost, after: after, error: 0))
        return result
    }

    /// The graph with fewer channels, which leaves a part of the budget to other rewrites if there are any.
    private func pruned(
        _ start: Result, _ samples: [[Tensor]], _ jury: Jury, check: () throws -> Void
    ) throws -> Result? {
        let pruning = try ChannelPruning(
            start.graph, samples: samples, seed: settings.seed, costs: costs, threads: threads,
            check: check)
        let share = try sites(of: start.graph).isEmpty ? 1 : Self.pruningShare
        guard let found = try pruning?.run(share: share, of: jury, check: check) else { return nil }
        var result = start
        (result.graph, result.error) = (found.graph, found.error)
        result.changes += found.changes
        return result
    }

    /// Replaces layers of a graph until the budget is spent.
    private func replaced(
        _ start: Result, _ samples: [[Tensor]], _ jury: Jury, progress: (Double) throws -> Void
    ) throws -> Result {
        let graph = start.graph
        let sites = try self.sites(of: graph)
        guard !sites.isEmpty else { return start }
        let rated = try SiteErrors(
            graph: graph, samples: Array(samples.prefix(Self.ratingCount)), seed: settings.seed,
            threads: threads
        ).rated(sites) { try progress($0 * 0.4) }
        let reconstruction = Reconstruction(
            graph: graph, samples: samples, seed: settings.seed, threads: threads)
        let path = TradePath(rated)
        var round = 0.0
        return try path.farthest { choices in
            let candidate = try reconstruction.graph(with: choices.mapValues(\.candidate)) {
                try progress(min(0.4 + 0.6 * round / Double(path.attempts), 1))
            }
            round += 1
            guard let error = try jury.acceptedError(of: candidate) else { return nil }
            var result = start
            (result.graph, result.error) = (candidate, error)
            result.changes += changes(choices)
            return result
        } ?? start
    }

    private func changes(_ choices: [NodeID: RatedCandidate]) -> [LayerChange] {
        choices.values.sorted { $0.site.node < $1.site.node }.map {
            LayerChange(
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
