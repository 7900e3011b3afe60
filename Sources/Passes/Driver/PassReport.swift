/// What one pass did.
package struct PassReport: Sendable, Equatable {
    /// Why something was left as it is.
    package struct Note: Sendable, Equatable {
        package var layer: String
        package var reason: String

        package init(layer: String, reason: String) {
            self.layer = layer
            self.reason = reason
        }
    }

    package var name: String
    package var summary: String
    /// How many patches were applied.
    package var firings = 0
    /// The Keras layers at whose nodes the pass fired, each once, in order.
    package var layers: [String] = []
    package var notes: [Note] = []
}

/// What all passes did to a graph.
package struct OptimizationReport: Sendable {
    /// One entry for each pass of the pipeline that was not switched off, in order of first appearance.
    package var passes: [PassReport] = []
    /// Batch normalizations before the passes ran.
    package var batchNormalizationCount = 0
    /// Batch normalizations that were neither folded away nor dropped, and why.
    package var remainingBatchNormalizations: [PassReport.Note] = []
    /// Patches applied by all passes.
    package var firings = 0
    /// Time taken.
    package var duration = Duration.zero
}
