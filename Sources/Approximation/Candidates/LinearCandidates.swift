import Cost
import Foundations
import GraphIR
import Tensors

/// The rewrites of convolutions and matrix products.
struct LinearCandidates {
    /// A rewrite has to be predicted to take at most this part of the time.
    private static let greatestShare = 0.92
    /// The parts of all channels that are tried, from many to few.
    private static let shares = [0.75, 0.5, 0.375, 0.25, 0.18, 0.125, 0.09, 0.06, 0.04]

    let families: Set<ApproximationFamily>
    let costs: CostModel
    let residentBytes: Int

    /// What can be done at a node; nil if nothing pays.
    func site(_ node: Node, in graph: Graph) throws -> ApproximationSite? {
        guard let site = LinearSite(node, in: graph) else { return nil }
        let whole = Stage(site.op, site.filter, bias: site.bias)
        let cost = try StageCost(
            of: [whole], from: site.inputType, costs: costs, residentBytes: residentBytes)
        let input = node.inputs[0]
        let candidates: [Candidate] = try rewrites(for: site).compactMap { rewrite in
            let stages = rewrite.outline(for: site)
            let types = try Stage.types(of: stages, from: site.inputType)
            guard types.last == site.outputType else { return nil }
            let reduced = try StageCost(
                of: stages, from: site.inputType, costs: costs, residentBytes: residentBytes)
            guard reduced.time <= Self.greatestShare * cost.time else { return nil }
            return Candidate(
                node: node.id, input: input, name: rewrite.name,
                cost: reduced, fit: LinearFit(site: site, rewrite: rewrite).fitted)
        }
        guard !candidates.isEmpty else { return nil }
        return ApproximationSite(
            node: node.id, input: input, layer: node.layer, cost: cost, candidates: candidates)
    }

    private func rewrites(for site: LinearSite) -> [any LinearRewrite] {
        let filter = site.filter
        func ranks(_ limit: Int) -> [Int] {
            let ranks = Self.shares.map { max(Int((Double(limit) * $0).rounded()), 1) }
            let tile = costs.rates.channelTile
            // What fills the last tile costs no time.
            let full = ranks.map { ($0 + tile - 1) / tile * tile }
            return Set(ranks + full).filter { $0 < limit }.sorted(by: >)
        }
        var rewrites: [any LinearRewrite] = []
        if families.contains(.lowrank) {
            rewrites += ranks(min(filter.count, filter.size)).map { OutputRank(rank: $0) }
        }
        guard families.contains(.separable), filter.height > 1, filter.width > 1 else {
            return rewrites
        }
        let widest = min(filter.height * filter.channels, filter.width * filter.count)
        rewrites += ranks(widest).map { ColumnAndRow(rank: $0) }
        if filter.channels > 1 {
            // A slice of the filter, `[out, kh · kw]`, has no more singular vectors than rows or columns.
            let most = min(3, filter.count, filter.height * filter.width)
            rewrites += (1...most).map { DepthwiseAndPointwise(multiplier: $0) }
        }
        return rewrites
    }
}
