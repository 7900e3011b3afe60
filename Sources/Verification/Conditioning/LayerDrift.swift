import GraphIR

/// How errors of layers grow from layer to layer.
struct LayerDrift {
    private let graph: Graph
    private let settings: VerificationSettings
    /// By how much a layer multiplies the error of what it reads without looking wrong.
    private static let growth = 16.0

    init(_ graph: Graph, _ settings: VerificationSettings) {
        self.graph = graph
        self.settings = settings
    }

    /// Whether a layer may be wrong: its error is beyond the tolerance, or it has more than the layers that it reads, which
    /// rounding may explain or not.
    ///
    /// - Parameter errors: the errors relative to the spread, of the layers that were compared.
    func isSuspect(_ errors: [ValueID: Double]) -> Bool {
        var drift: [ValueID: Double] = [:]
        for node in graph.nodes {
            let before = node.inputs.compactMap { drift[$0] }.max() ?? 0
            for output in node.outputs {
                let error = errors[output] ?? before
                let accepted = max(Self.growth * before, settings.layerTolerance)
                if !(error <= min(accepted, settings.tolerance)) { return true }
                drift[output] = error
            }
        }
        return false
    }
}
