import Foundations
import GraphIR
import Quantization
import Tensors

/// A candidate, and the error that it alone would add to the outputs, as far as that can be told from its own layer.
struct RatedCandidate: Trade {
    var candidate: Candidate
    var site: ApproximationSite
    /// Squared, relative to the variance of the outputs.
    var squaredError: Double
    var place: NodeID { site.node }
    var saving: Double { site.cost.time - candidate.cost.time }
}

/// Predicts the error of all candidates with one run of the model for each layer.
///
/// Each candidate is fitted and its error at its own layer measured. What a layer's error does to the outputs is measured once
/// for each layer, with a candidate of middling error.
struct SiteErrors {
    private static let rowLimit = 2048

    let graph: Graph
    let samples: [[Tensor]]
    let seed: UInt64
    let threads: ThreadBudget

    /// - Parameter progress: is told which part is done, 0…1; what it throws ends the work.
    /// - Throws: `Problem` if a sample cannot be run.
    func rated(
        _ sites: [ApproximationSite], progress: (Double) throws -> Void
    ) throws -> [RatedCandidate] {
        let bySite = Dictionary(sites.map { ($0.node, $0) }, uniquingKeysWith: { $1 })
        let measure = try ApproximationError(of: graph, on: samples, truth: nil, threads: threads)
        let run = try PairedRun(graph, samples, threads: threads)
        var rated: [RatedCandidate] = []
        for node in graph.nodes {
            let outputs = try run.results(of: node)
            if let site = bySite[node.id] {
                let data = FitData(
                    inputs: try run.tensors(of: site.input), targets: outputs[0],
                    seed: seed &+ UInt64(node.id.index), rowLimit: Self.rowLimit, threads: threads)
                rated += try self.rated(site, node, data, measure)
                try progress(Double(Set(rated.map(\.site.node)).count) / Double(sites.count))
            }
            try run.finish(node, outputs)
        }
        return rated
    }

    private func rated(
        _ site: ApproximationSite, _ node: Node, _ data: FitData, _ measure: ApproximationError
    ) throws -> [RatedCandidate] {
        let fits = try site.candidates.map { ($0, try $0.fit(data)) }
            .filter { !$0.1.stages.isEmpty && $0.1.squaredError.isFinite }
            .sorted { $0.1.squaredError < $1.1.squaredError }
        guard let probe = fits.first(where: { $0.1.squaredError > 1e-3 }) ?? fits.last else {
            return []
        }
        var changed = graph
        try Reconstruction.replace(node, by: probe.1.stages, reading: site.input, in: &changed)
        let effect = try measure.smoothError(of: changed) / max(probe.1.squaredError, 1e-12)
        return fits.map { candidate, fit in
            RatedCandidate(
                candidate: candidate, site: site, squaredError: effect * fit.squaredError)
        }
    }
}
