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
    /// A sign that passes undo each other.
    ///
    /// The graph is right, but larger than it might be.
    package enum Fault: Sendable, Equatable {
        /// A pass proposed again what it had done before; the patch was not applied.
        case repeatedPatch(pass: String, layer: String)
        /// A stage was stopped while these passes still had something to do.
        case unsettledStage(passes: [String])
    }

    /// One entry for each pass of the pipeline that was not switched off, in order of first appearance.
    package var passes: [PassReport] = []
    /// Patches applied by all passes.
    package var firings = 0
    /// Signs that passes undo each other.
    package var faults: [Fault] = []
    /// Time taken.
    package var duration = Duration.zero
}

extension OptimizationReport.Fault: CustomStringConvertible {
    /// The fault as a sentence for the user.
    package var description: String {
        switch self {
        case .repeatedPatch(let pass, let layer):
            "the pass '\(pass)' repeats itself at layer '\(layer)', so the layer is not fully optimized"
        case .unsettledStage(let passes):
            "the passes \(passes.map { "'\($0)'" }.joined(separator: ", ")) undo each other"
                + " and were stopped"
        }
    }
}
