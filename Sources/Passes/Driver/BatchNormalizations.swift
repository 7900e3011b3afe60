import GraphIR

/// What became of the batch normalizations of a graph.
package struct BatchNormalizations: Sendable {
    /// Batch normalizations before the passes ran.
    package let total: Int
    /// Those that were neither folded away nor dropped, and why.
    package let remaining: [PassReport.Note]

    /// Compares the graphs before and after the passes that `report` is about.
    package init(before: Graph, after: Graph, _ report: OptimizationReport) {
        let original = before.batchNormalizationLayers
        let layers = Set(original)
        let untouched = after.batchNormalizationLayers.map {
            PassReport.Note(layer: $0, reason: "no pass has treated it")
        }
        total = original.count
        remaining = (report.passes.flatMap(\.notes) + untouched).filter {
            layers.contains($0.layer)
        }
    }
}

extension Graph {
    fileprivate var batchNormalizationLayers: [String] {
        nodes.compactMap { node in
            if case .batchNormalization = node.op { node.layer } else { nil }
        }
    }
}
