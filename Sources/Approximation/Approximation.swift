import Cost
import Evaluation
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
        /// The most steps of tuning that tell what a graph can become; a graph that is kept gets three times as many.
        package var tuningSteps = 1200

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
        /// The samples that all weights were tuned with; 0 if they were not.
        package var tuningCount = 0
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
    /// The most rounds of replacing and tuning.
    private static let roundLimit = 4
    /// The part of the time that a round has to save for another one to follow.
    private static let leastGain = 0.03
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
    ///   - fitting: samples to fit to; nil for every other one of `samples`, of which the others then judge.
    ///   - truth: the right class of each sample, to count lost answers instead of measuring outputs.
    ///   - progress: is told which part is done, 0…1; what it throws ends the work.
    /// - Throws: `Problem` if the samples are too few or cannot be run.
    package func run(
        on graph: Graph, samples: any SampleSource, fitting: (any SampleSource)? = nil,
        truth: [Int]?, progress: (Double) throws -> Void = { _ in }
    ) throws -> Result {
        let halves = try SampleHalves(samples, fitting: fitting, graph, byteLimit: Self.byteLimit)
        // One run keeps to the limit of steps. How many thousand runs the search makes follows from what the caller asked for.
        try ResourceBudget.current.apart {
            for sample in halves.judge.prefix(1) {
                _ = try GraphEvaluator(graph, precision: .fast).run(sample)
            }
        }
        return try ResourceBudget.current.withoutStepLimit {
            try found(graph, halves, truth, progress)
        }
    }

    private func found(
        _ graph: Graph, _ halves: SampleHalves, _ truth: [Int]?,
        _ progress: (Double) throws -> Void
    ) throws -> Result {
        let jury = try Jury(
            graph, halves, truth: truth, budget: settings.budget, threads: threads)
        let none = Result(
            graph: graph, changes: [], error: 0, fitCount: halves.fit.count,
            judging: halves.judge, measure: jury.judge)
        guard settings.budget > 0 else { return none }
        var start = none
        start.graph = try graph.withoutFusedClamps()
        // Blocks cost more until channels are left out.
        let blocks = try settings.families.contains(.spacetodepth) ? inBlocks(start) : nil
        let parts = [true, settings.families.contains(.tune), blocks != nil].count { $0 }
        var done = 0.0
        func part(_ share: Double) throws { try progress((done + share) / Double(parts)) }
        var best = try searched(start, halves.fit, jury, progress: part)
        done += 1
        if settings.families.contains(.tune) {
            let tuning = try Tuning(
                start.graph, samples: halves.tuning, steps: settings.tuningSteps,
                seed: settings.seed, threads: threads, check: { try part(0) })
            best =
                try tuning.map { try refined(best, halves.fit, jury, $0, progress: part) } ?? best
            done += 1
        }
        if let blocks {
            let found = try thinned(blocks, halves.fit, jury, progress: part)
            if let found, found.saving > best.saving { best = found }
        }
        return best.changes.isEmpty ? none : best
    }

    /// The fastest graph that fits alone lead to, with or without channels left out first.
    private func searched(
        _ start: Result, _ samples: [[Tensor]], _ jury: Jury, progress: (Double) throws -> Void
    ) throws -> Result {
        func judge(_ graph: Graph) throws -> Jury.Accepted? { try jury.accepted(graph) }
        let best = try replaced(start, samples, judge) { try progress($0 / 2) }
        guard settings.families.contains(.prune) else { return best }
        let found = try thinned(start, samples, jury) { try progress((1 + $0) / 2) }
        return found.flatMap { $0.saving > best.saving ? $0 : nil } ?? best
    }

    /// A graph with fewer channels, and cheaper layers for what is left of the budget; nil if no channels can be left out.
    private func thinned(
        _ start: Result, _ samples: [[Tensor]], _ jury: Jury, progress: (Double) throws -> Void
    ) throws -> Result? {
        func judge(_ graph: Graph) throws -> Jury.Accepted? { try jury.accepted(graph) }
        let share = try sites(of: start.graph).isEmpty ? 1 : Self.pruningShare
        let fewer = try pruned(start, samples) {
            try jury.accepted($0, share: share)
        } check: {
            try progress(0)
        }
        return try fewer.map { try replaced($0, samples, judge, progress: progress) }
    }

    /// A graph tuned, and replaced and tuned again as long as that saves time within the budget.
    private func refined(
        _ start: Result, _ samples: [[Tensor]], _ jury: Jury, _ tuning: Tuning,
        progress: (Double) throws -> Void
    ) throws -> Result {
        var best = start
        for round in 0..<Self.roundLimit {
            func check() throws { try progress(Double(round) / Double(Self.roundLimit)) }
            func judge(_ graph: Graph) throws -> Jury.Accepted? {
                if let fitted = try jury.accepted(graph) { return fitted }
                return try jury.accepted(tuning.tuned(graph, .trial, check: check), isTuned: true)
            }
            let least = best.saving + Self.leastGain * (try time(of: best.graph))
            var found = best
            if settings.families.contains(.prune) {
                found = try pruned(best, samples, judge, check: check) ?? best
            }
            if found.saving < least {
                found = try replaced(best, samples, judge) { _ in try check() }
            }
            guard found.saving >= least else { break }
            best = try tuned(found, jury, tuning, check: check)
            best.tuningCount = tuning.sampleCount
        }
        return best
    }

    /// A graph with more tuning if that helps.
    private func tuned(
        _ start: Result, _ jury: Jury, _ tuning: Tuning, check: () throws -> Void
    ) throws -> Result {
        let accepted = try jury.accepted(
            tuning.tuned(start.graph, .thorough, check: check), isTuned: true)
        guard let accepted else { return start }
        var result = start
        (result.graph, result.error) = (accepted.graph, accepted.error)
        return result
    }

    private func time(of graph: Graph) throws -> Double {
        StageCost(of: graph.nodes, in: graph, costs: costs).time
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

    /// The graph with fewer channels; nil if none is accepted.
    private func pruned(
        _ start: Result, _ samples: [[Tensor]], _ judge: Jury.Decision, check: () throws -> Void
    ) throws -> Result? {
        let found = try ChannelPruning(
            start.graph, samples: samples, seed: settings.seed, costs: costs, threads: threads,
            check: check)?.run(judge, check: check)
        guard let found else { return nil }
        var result = start
        (result.graph, result.error) = (found.graph, found.error)
        result.changes += found.changes
        return result
    }

    /// The graph with the cheapest layers that are accepted.
    private func replaced(
        _ start: Result, _ samples: [[Tensor]], _ judge: Jury.Decision,
        progress: (Double) throws -> Void
    ) throws -> Result {
        let graph = start.graph
        let sites = try self.sites(of: graph)
        guard !sites.isEmpty else { return start }
        let rated = try SiteErrors(
            graph: graph, samples: Array(samples.prefix(Self.ratingCount)),
            seed: settings.seed, threads: threads
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
            guard let accepted = try judge(candidate) else { return nil }
            var result = start
            (result.graph, result.error) = (accepted.graph, accepted.error)
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
