import Cost
import Foundations
import GraphIR
import Quantization
import Tensors

/// Channels of a site left out, and what that costs and saves.
private struct RatedPruning: Trade {
    let site: ChannelSite
    let count: Int
    let saving: Double
    let squaredError: Double
    var place: NodeID { site.start.node.id }
}

/// Leaves out channels for which the next layers can make up, until a measured error is spent (compare He, Zhang and Sun 2017,
/// "Channel pruning for accelerating very deep neural networks").
struct ChannelPruning {
    /// A graph with fewer channels.
    struct Result {
        var graph: Graph
        var changes: [LayerChange]
        var error: Double
    }

    /// The most samples that choices are rated with.
    private static let ratingCount = 24
    private static let rowLimit = 4096

    private let graph: Graph
    private let sites: [ChannelSite]
    private let orders: [NodeID: ChannelOrder]
    private let path: TradePath<RatedPruning>
    private let reduction: ChannelReduction
    private let costs: CostModel

    /// Rates what can be left out; nil if nothing can.
    ///
    /// - Parameters:
    ///   - samples: typical inputs, to fit to.
    ///   - check: called now and then; what it throws ends the work.
    /// - Throws: `Problem` if a sample cannot be run.
    init?(
        _ graph: Graph, samples: [[Tensor]], seed: UInt64, costs: CostModel, threads: ThreadBudget,
        check: () throws -> Void
    ) throws {
        sites = graph.nodes.compactMap { ChannelSite(from: $0, in: graph) }
            .filter { !$0.counts.isEmpty }
        guard !sites.isEmpty else { return nil }
        (self.graph, self.costs) = (graph, costs)
        reduction = ChannelReduction(graph: graph, samples: samples, seed: seed, threads: threads)
        orders = try Self.orders(of: sites, reduction, check)
        path = TradePath(try Self.rated(sites, orders, reduction, costs, check))
    }

    /// The fastest graph found that is acceptable; nil if none does.
    ///
    /// - Parameters:
    ///   - judge: accepts graphs.
    ///   - check: called now and then; what it throws ends the work.
    /// - Throws: `Problem` if a sample cannot be run.
    func run(_ judge: Jury.Decision, check: () throws -> Void) throws -> Result? {
        try path.farthest { choices in
            let chosen = sites.compactMap { choices[$0.start.node.id] }
            let candidate = try reduction.graph(
                keeping: chosen.map { Self.choice($0.site, $0.count, orders) }, check: check)
            guard let accepted = try judge(candidate) else { return nil }
            return Result(
                graph: accepted.graph, changes: try changes(chosen), error: accepted.error)
        }
    }

    private static func choice(
        _ site: ChannelSite, _ count: Int, _ orders: [NodeID: ChannelOrder]
    ) -> ChannelChoice {
        let kept = orders[site.start.node.id]?.kept(count)
        return ChannelChoice(
            site: site, kept: kept?.channels ?? [], map: kept?.map ?? Matrix(zeros: 0, 0))
    }

    private static func orders(
        of sites: [ChannelSite], _ reduction: ChannelReduction, _ check: () throws -> Void
    ) throws -> [NodeID: ChannelOrder] {
        let (graph, threads) = (reduction.graph, reduction.threads)
        let byEnd = Dictionary(
            sites.map { ($0.end.node.id, $0) }, uniquingKeysWith: { first, _ in first })
        let run = try PairedRun(graph, reduction.samples, threads: threads)
        var orders: [NodeID: ChannelOrder] = [:]
        for node in graph.nodes {
            try check()
            if let site = byEnd[node.id] {
                let values = try run.tensors(of: node.inputs[0]).map {
                    $0.reshaped([$0.count / site.count, site.count])
                }
                let places = PositionSample(in: values, limit: rowLimit, seed: reduction.seed)
                orders[site.start.node.id] = ChannelOrder(
                    values: places.rows(of: values), weights: site.readingWeights,
                    threads: threads)
            }
            try run.finish(node, try run.results(of: node))
        }
        return orders
    }

    /// What all choices cost and save; what an error of a layer does to the outputs is measured once for each.
    private static func rated(
        _ sites: [ChannelSite], _ orders: [NodeID: ChannelOrder], _ reduction: ChannelReduction,
        _ costs: CostModel, _ check: () throws -> Void
    ) throws -> [RatedPruning] {
        let (graph, threads) = (reduction.graph, reduction.threads)
        let few = ChannelReduction(
            graph: graph, samples: Array(reduction.samples.prefix(ratingCount)),
            seed: reduction.seed, threads: threads)
        let measure = try ApproximationError(
            of: graph, on: few.samples, truth: nil, threads: threads)
        let bytes = graph.cost.parameterBytes
        return try sites.flatMap { site -> [RatedPruning] in
            guard let order = orders[site.start.node.id] else { return [] }
            func time(_ count: Int) throws -> Double {
                try site.cost(keeping: count, costs: costs, residentBytes: bytes).time
            }
            let whole = try time(site.count)
            let probe = site.counts.first { order.errors[$0] > 1e-3 } ?? site.counts.last ?? 1
            let error = try measure.smoothError(
                of: few.graph(keeping: [choice(site, probe, orders)], check: check))
            let effect = error / max(order.errors[probe], 1e-12)
            return try site.counts.map { count in
                RatedPruning(
                    site: site, count: count, saving: whole - (try time(count)),
                    squaredError: effect * order.errors[count])
            }
        }
    }

    /// In running order; each is counted after those before it.
    private func changes(_ chosen: [RatedPruning]) throws -> [LayerChange] {
        let bytes = graph.cost.parameterBytes
        var shares: [NodeID: Double] = [:]
        return try chosen.map { choice in
            let site = choice.site
            let share = shares[site.start.node.id] ?? 1
            shares[site.end.node.id] = Double(choice.count) / Double(site.count)
            func cost(_ count: Int) throws -> StageCost {
                try site.cost(keeping: count, inputs: share, costs: costs, residentBytes: bytes)
            }
            return LayerChange(
                layer: site.start.node.layer,
                rewrite: "\(choice.count) of \(site.count) channels",
                before: try cost(site.count), after: try cost(choice.count),
                error: choice.squaredError.squareRoot())
        }
    }
}
